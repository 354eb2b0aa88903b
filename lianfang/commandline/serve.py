"""`lianfang serve`: the site, by gunicorn with threads."""

import errno
import os
import socket
from argparse import ArgumentParser, Namespace
from typing import Any

from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _
from lianfang.commandline.tables import table

_USUAL_PORT = 8000
_PORTS_TO_TRY = 20
_THREADS = 8


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=int,
        metavar=_("端口"),
        help=_("监听端口;不写时从 {port} 起取第一个空闲端口").format(port=_USUAL_PORT),
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar=_("地址"), help=_("监听地址(默认 %(default)s)")
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=min(4, os.cpu_count() or 1),
        metavar=_("个数"),
        help=_("工作进程数(默认为处理器个数,最多 4),每个进程 {threads} 个线程").format(threads=_THREADS),
    )


@in_house
def run(arguments: Namespace) -> int:
    _hold_static_files_are_collected()
    port = _free_port(arguments.host, arguments.port)
    serve_at(arguments.host, port, max(1, arguments.workers))
    return ExitCode.OK


def _hold_static_files_are_collected() -> None:
    from pathlib import Path

    from django.conf import settings

    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise CommandFailed(_("静态文件尚未收集,请先运行 lianfang prepare。"), ExitCode.NOT_READY)


def _free_port(host: str, wanted: int | None) -> int:
    """The port asked for, or the first free one. Raises CommandFailed (NOT_READY)."""
    candidates = [wanted] if wanted is not None else range(_USUAL_PORT, _USUAL_PORT + _PORTS_TO_TRY)
    for port in candidates:
        reason = _why_not(host, port)
        if reason is None:
            return port
        if reason != errno.EADDRINUSE:
            raise CommandFailed(
                _("不能监听 {host}:{port}:{reason}").format(host=host, port=port, reason=os.strerror(reason)),
                ExitCode.NOT_READY,
            )
    if wanted is not None:
        raise CommandFailed(_("端口 {port} 已被占用。").format(port=wanted), ExitCode.NOT_READY)
    raise CommandFailed(
        _("{first} 至 {last} 的端口都已被占用,请用 --port 指定。").format(
            first=_USUAL_PORT, last=_USUAL_PORT + _PORTS_TO_TRY - 1
        ),
        ExitCode.NOT_READY,
    )


def _why_not(host: str, port: int) -> int | None:
    """None if the port is free, else the error number that listening on it gives."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except socket.gaierror:
            return errno.EADDRNOTAVAIL
        except OverflowError:
            return errno.EINVAL
        except OSError as error:
            return error.errno or errno.EINVAL
    return None


def serve_at(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _gunicorn_settings(host, port, workers).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from lianfang.wsgi import application

            return application

    Site().run()


def _gunicorn_settings(host: str, port: int, workers: int) -> dict[str, Any]:
    def when_ready(_server: object) -> None:
        _greet(host, port)

    def post_fork(_server: object, _worker: object) -> None:
        # A database connection must not be shared between processes.
        from django.db import connections

        connections.close_all()

    shared_memory = "/dev/shm"  # noqa: S108  heartbeat files must not wait for a disk
    return {
        "bind": f"[{host}]:{port}" if ":" in host and not host.startswith("[") else f"{host}:{port}",
        "workers": workers,
        "threads": _THREADS,
        "worker_class": "gthread",
        "worker_tmp_dir": shared_memory if os.path.isdir(shared_memory) else None,
        "preload_app": True,
        "timeout": 120,
        "graceful_timeout": 20,
        "loglevel": "warning",
        "when_ready": when_ready,
        "post_fork": post_fork,
        "control_socket_disable": True,
    }


def _greet(host: str, port: int) -> None:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host  # noqa: S104
    print(_("网站已启动:{address}").format(address=f"http://{shown}:{port}/"), flush=True)
    for sign_in in _demo_sign_ins():
        print("  " + sign_in, flush=True)
    print(_("按 Ctrl+C 停止。"), flush=True)


def _demo_sign_ins() -> list[str]:
    """How to sign in to the scenarios that are loaded; nothing on an installation without one."""
    from importlib import import_module

    from lianfang.commandline.load import scenarios

    found = [
        sign_in for name in scenarios() for sign_in in import_module(f"lianfang.scenarios.{name}").sign_ins()
    ]
    if not found:
        return []
    rows = [[one.display_name, one.username, one.password] for one in found]
    heads = [_("演示用户"), _("用户名"), _("密码")]
    return table(heads, rows).splitlines()
