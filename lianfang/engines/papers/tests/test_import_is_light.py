import subprocess
import sys


def test_importing_papers_loads_no_heavy_library() -> None:
    heavy = ("docx", "typst", "xlsxwriter", "segno", "lxml", "django")
    script = f"import sys, lianfang.engines.papers; print([name for name in {heavy} if name in sys.modules])"
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "[]"
