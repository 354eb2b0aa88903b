import subprocess
import sys


def test_importing_sources_loads_no_heavy_library() -> None:
    heavy = ("docx", "lxml", "pypdf", "python_calamine", "numpy", "PIL", "rapidocr_onnxruntime", "django")
    script = f"import sys, lianfang.engines.intake.sources; print([n for n in {heavy} if n in sys.modules])"
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "[]"
