#!/usr/bin/env python3
"""Set up, run and check this checkout; standard library only, everything else is installed from hashes.

python3 dev.py run [--example] [...]              install what is needed and open the window (everything after `run` goes to frontdesk)
python3 dev.py check [--slow] [--all-pythons]     format, lint, types, contracts, tests, coverage floors
python3 dev.py setup                              install into .venv and stop
python3 dev.py bench [...]                        measure, beside the floor
python3 dev.py lock [--upgrade]                   write requirements/*.txt anew from requirements/*.in
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / "requirements"
PYTHONS = ("3.11", "3.12", "3.13")
# Least branch coverage in percent of each package.
FLOORS = {"domain": 100, "services": 95, "store": 95, "ui": 85}
MOST_WORKERS = 8  # each imports Qt and has a database of its own; more cost more than they save
# Shared libraries that a Qt program loads, and the Debian package of each; fontconfig brings a font, or every letter is a box.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem", "/etc/pki/tls/cert.pem")
NO_DISPLAY = """frontdesk is installed, but there is no display to show its window on. Either
    xvfb-run -a python3 dev.py run                                  (a virtual screen; apt-get install xvfb xauth)
    python3 dev.py run --example --screenshot window.png            (a picture; also --size 1366x768 --theme light|dark --page leads)"""


def main(arguments: list[str]) -> int:
    """Do one task; the exit code is that of what it ran."""
    options, rest = read(arguments)
    tasks = {"setup": setup, "run": run, "check": check, "bench": bench, "lock": lock}
    try:
        return tasks[options.task](options, rest)
    except subprocess.CalledProcessError as error:
        print(f"dev.py: this failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1


def read(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """The task with its own options, and what is passed on to the program it starts."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True, metavar="run|check|setup|bench|lock")
    for name in ("setup", "run", "bench"):
        tasks.add_parser(name, add_help=False)
    tasks.add_parser("lock").add_argument("--upgrade", action="store_true", help="take the newest versions that requirements/*.in allow")
    checks = tasks.add_parser("check")
    checks.add_argument("--slow", action="store_true", help="the fault and abuse tests in their full numbers")
    checks.add_argument("--all-pythons", action="store_true", help=f"the tests in each of {', '.join(PYTHONS)} that is found")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.task not in ("run", "bench"):
        parser.error(f"unknown: {' '.join(rest)}")
    return options, rest


# --------------------------------------------------------------------------------------------------------------- tasks


def setup(_options: argparse.Namespace, _rest: list[str]) -> int:
    """Install everything and stop."""
    ready("check")
    return 0


def run(_options: argparse.Namespace, rest: list[str]) -> int:
    """Open the window; without a display, say how to see it all the same."""
    venv = ready("run")
    if "--screenshot" not in rest and not has_display(os.environ):
        print(NO_DISPLAY, file=sys.stderr)
        return 1
    return started(venv, "-m", "frontdesk", "run", *rest)


def bench(_options: argparse.Namespace, rest: list[str]) -> int:
    """Measure."""
    return started(ready("check"), "-m", "bench", *rest)


def lock(options: argparse.Namespace, _rest: list[str]) -> int:
    """Write the locks for all three Pythons and all systems; without addresses, since each site has its own index."""
    python = python_with_uv(ROOT / ".venv", sys.executable)
    flags = ["--universal", "--python-version", PYTHONS[0], "--generate-hashes", "--no-header", "--no-annotate"]
    flags += ["--no-emit-index-url", "--no-emit-find-links", *(["--upgrade"] if options.upgrade else [])]
    for kind in ("tools", "run", "check"):
        command = [python, "-m", "uv", "pip", "compile", "-q", *flags, "-o", f"requirements/{kind}.txt", f"requirements/{kind}.in"]
        subprocess.run(command, check=True, env=uv_environment(), cwd=ROOT, stdout=subprocess.DEVNULL)
    return 0


def check(options: argparse.Namespace, _rest: list[str]) -> int:
    """Run every step even when one fails; say which failed, then print pytest's closing line as the very last."""
    venv = ready("check")
    steps = {
        "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": ["-m", "ruff", "check", "--quiet", "."],
        "types": ["-m", "mypy"],
        "contracts": ["-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"],
    }
    failed = [name for name, command in steps.items() if timed(name, venv, command)]
    slow = ["--slow"] if options.slow else []
    if options.all_pythons:
        failed += [f"tests on {version}" for version in PYTHONS if not tested_on(version, slow)]
    heading("tests")
    code, closing_line = tests(venv, "--cov", "--cov-report=", *slow)
    failed += ["tests"] if code else []
    failed += [f"coverage of {package}" for package, floor in FLOORS.items() if not covered(venv, package, floor)]
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nEvery step passed.")
    print(closing_line, flush=True)
    return 1 if failed else 0


# ---------------------------------------------------------------------------------------------------------- the checks


def heading(text: str) -> None:
    """One line before the output of a step."""
    print(f"== {text}", flush=True)


def timed(name: str, venv: Path, command: list[str]) -> int:
    """One step with its heading and time; its exit code."""
    heading(name)
    begin = time.monotonic()
    code = started(venv, *command)
    print(f"   {'FAILED' if code else 'ok'}, {time.monotonic() - begin:.1f} s", flush=True)
    return code


def tests(venv: Path, *options: str) -> tuple[int, str]:
    """Run the tests on all cores, showing their output as it comes but for the closing line, which is returned."""
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    command = [str(python_of(venv)), "-m", "pytest", "-q", "-n", str(workers), *options]
    held = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8") as process:
        for line in process.stdout or ():
            if line.strip():
                print(held, end="", flush=True)
                held = line
    return process.returncode, held.strip()


def tested_on(version: str, options: list[str]) -> bool:
    """Run the tests with another Python, in a folder of its own; one that is not here is named and does not count as failed."""
    if version == PYTHONS[sys.version_info.minor - 11]:
        return True
    interpreter = other_python(version)
    heading(f"tests on Python {version}")
    if interpreter is None:
        print("   NOT TESTED: no such Python here", flush=True)
        return True
    code, closing_line = tests(install("check", ROOT / f".venv-{version}", interpreter), *options)
    print(f"   Python {version}: {closing_line}", flush=True)
    return code == 0


def other_python(version: str) -> str | None:
    """An interpreter of that version: on the path, among pyenv's, or beside the one that runs this."""
    homes = (Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions"), Path(sys.base_prefix).parent)
    places = [str(found) for home in homes for found in sorted(home.glob(f"{version}.*/bin/python{version}"))]
    for candidate in (shutil.which(f"python{version}"), *places):
        if candidate and subprocess.run([candidate, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0:
            return candidate
    return None


def covered(venv: Path, package: str, floor: int) -> bool:
    """Whether enough of a package ran; the files that fall short are listed."""
    command = [str(python_of(venv)), "-m", "coverage", "report", f"--include=frontdesk/{package}/*", f"--fail-under={floor}"]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    total = next((line.split()[-1] for line in report.stdout.splitlines() if line.startswith("TOTAL")), "not measured")
    print(f"== coverage of {package}: {total}, at least {floor}%", flush=True)
    if report.returncode:
        print(report.stdout or report.stderr, flush=True)
    return report.returncode == 0


# ------------------------------------------------------------------------------------------------------- what is needed


def ready(kind: str) -> Path:
    """Have the system's libraries and the virtual environment; the folder of the latter."""
    begin = time.monotonic()
    install_packages(missing_packages())
    venv = install(kind, ROOT / ".venv", sys.executable)
    print(f"ready in {time.monotonic() - begin:.1f} s", file=sys.stderr, flush=True)
    return venv


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can be seen: always on Windows and macOS, else with X11, Wayland or a platform that was chosen by hand."""
    chosen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environment.get(name) for name in chosen)


def missing_packages() -> list[str]:
    """Debian's names of the system packages that are not here; libraries are asked of the linker, so it works on any Linux."""
    if not sys.platform.startswith("linux"):
        return []
    libraries = {**QT_LIBRARIES, **(X11_LIBRARIES if os.environ.get("DISPLAY") else {})}
    packages = [libraries[name] for name in not_loadable(list(libraries))]
    if importlib.util.find_spec("ensurepip") is None and not (ROOT / ".venv").exists():
        packages.append("python3-venv")
    if not any(Path(place).exists() for place in CERTIFICATES):
        packages.append("ca-certificates")
    return packages


def not_loadable(libraries: list[str]) -> list[str]:
    """Those that the dynamic linker cannot find; asked in a fresh process, so that this one keeps nothing open."""
    probe = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""
    return subprocess.run([sys.executable, "-c", probe, *libraries], capture_output=True, text=True, check=True).stdout.split()


def install_packages(packages: list[str]) -> None:
    """Install them when this is Debian-like and we are root; else name the one command and stop."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        sys.exit("Some system packages are missing. Install them, then try again:\n    sudo " + " ".join(command))
    print(f"installing {', '.join(packages)}", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run([*command, "-qq"], env=quiet, capture_output=True, check=False).returncode:
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=True)  # package lists missing or old
        subprocess.run([*command, "-qq"], env=quiet, stdout=subprocess.DEVNULL, check=True)


def install(kind: str, venv: Path, interpreter: str) -> Path:
    """Bring a virtual environment to exactly what `requirements/KIND.txt` says; nothing is done when a stamp says it is."""
    stamp = venv / "installed"
    found = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    if found in (digest(kind), digest("check")) and python_of(venv).exists():  # "check" holds all that "run" does
        return venv
    python = python_with_uv(venv, interpreter)
    stamp.unlink(missing_ok=True)
    uv = [python, "-m", "uv", "pip"]
    exact = ["--require-hashes", "--only-binary", ":all:", str(LOCKS / f"{kind}.txt")]
    subprocess.run([*uv, "sync", "-q", "--python", python, *exact], check=True, env=uv_environment())
    itself = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]  # an isolated build would fetch its tools unchecked
    subprocess.run([*uv, "install", "-q", "--python", python, *itself], check=True, env=uv_environment())
    stamp.write_text(digest(kind), encoding="utf-8")
    return venv


def python_with_uv(venv: Path, interpreter: str) -> str:
    """The Python of a virtual environment that has the locked uv; the environment is made when it is missing or half-made."""
    python = str(python_of(venv))
    if not works(python):
        subprocess.run([interpreter, "-m", "venv", "--clear", str(venv)], check=True)
    exact = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS / "tools.txt")]
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *exact], check=True)
    return python


def works(python: str) -> bool:
    """Whether it starts and has pip."""
    return Path(python).exists() and subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def digest(kind: str) -> str:
    """What an environment of this kind depends on, as one line."""
    total = hashlib.sha256(sys.version.encode())
    for file in (LOCKS / f"{kind}.txt", LOCKS / "tools.txt", ROOT / "pyproject.toml"):
        total.update(file.read_bytes())
    return f"{kind} {total.hexdigest()}"


def uv_environment() -> dict[str, str]:
    """For uv: the Python it is given and no other, no configuration of the machine's own but the index that pip was given."""
    index = {"UV_DEFAULT_INDEX": os.environ["PIP_INDEX_URL"]} if "PIP_INDEX_URL" in os.environ else {}
    return {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1", "UV_LINK_MODE": "copy", **index}


def python_of(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def started(venv: Path, *command: str) -> int:
    """Run something with the environment's Python, from here; its exit code."""
    return subprocess.run([str(python_of(venv)), *command], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit(f"frontdesk needs Python {', '.join(PYTHONS)}; this is {sys.version.split()[0]}.")
    raise SystemExit(main(sys.argv[1:]))
