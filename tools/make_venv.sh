#!/bin/sh
# Make a virtual environment with the first Python here that can: version 3.11
# or newer, and with venv and ensurepip. Candidates are run, not just looked up:
# a name on the PATH may be a shim for a version that is not active.
#
# usage: [PYTHON=python3.12] tools/make_venv.sh .venv
set -u
venv=$1

old=""        # a Python that runs but is older than 3.11
incomplete="" # a Python that is new enough but has no venv or ensurepip
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' \
        2>/dev/null) || continue
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        old="$old $python ($version)"
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        incomplete=${incomplete:-$version}
    else
        echo "Making $venv with $python"
        "$python" -m venv --clear "$venv" && exit 0
        rm -rf "$venv"
        echo "Nudge: $python could not make $venv (its message is above)." >&2
        exit 1
    fi
done

if [ -n "$incomplete" ]; then
    echo "Nudge: Python $incomplete is here, but without venv and ensurepip." >&2
    echo "  On Debian and Ubuntu: apt-get install python$incomplete-venv" >&2
elif [ -n "$old" ]; then
    echo "Nudge needs Python 3.11 or newer; this machine has:$old." >&2
    echo "  Another one? make PYTHON=/path/to/python3 …" >&2
elif [ -n "${PYTHON:-}" ]; then
    echo "Nudge: PYTHON=$PYTHON does not run." >&2
else
    echo "Nudge needs Python 3.11 or newer, and found no Python that runs." >&2
    echo "  Install one from https://www.python.org/downloads/ and try again," >&2
    echo "  or say where it is: make PYTHON=/path/to/python3 …" >&2
fi
exit 1
