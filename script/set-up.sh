# Sourced by the other scripts: finds Python and uv, fills .venv from uv.lock, finds Node.
#
#   set_up run     what is needed to run (Node only where the machine's own is too old)
#   set_up dev     that, and everything needed to check and test
#
# Nothing outside this folder is changed: uv, where it is missing, goes into var/tools.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export UV_PYTHON_DOWNLOADS=never
export NODE_USE_SYSTEM_CA=1
mkdir -p var

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  stop "Python 3.11 or newer is needed. Install it, or name it: PYTHON=/path/to/python3.11 $0" \
    "需要 Python 3.11 或更新的版本。请先安装，或指定：PYTHON=/path/to/python3.11 $0"
}

find_uv() {
  if command -v uv >/dev/null 2>&1; then
    command -v uv
    return
  fi
  local tools=var/tools
  if [ ! -x $tools/bin/uv ]; then
    if ! { "$1" -m venv $tools && $tools/bin/python -m pip install --quiet uv; } >&2 &&
      ! { "$1" -m venv --without-pip $tools && "$1" -m pip --python $tools/bin/python install --quiet uv; } >&2; then
      rm -rf $tools
      stop "uv could not be installed. On Debian or Ubuntu run: apt-get install python3-venv" \
        "无法安装 uv。在 Debian 或 Ubuntu 上请执行：apt-get install python3-venv"
    fi
  fi
  echo "$PWD/$tools/bin/uv"
}

is_new_node() {
  command -v "$1" >/dev/null 2>&1 && [ "$("$1" -p 'Number(process.versions.node.split(".")[0]) >= 24' 2>/dev/null)" = true ]
}

set_up() {
  local python uv
  python=$(find_python)
  uv=$(find_uv "$python")
  local arguments=(sync --frozen --inexact --quiet)
  if [ ! -x .venv/bin/python ]; then
    echo "Installing … 正在安装……" >&2
    arguments+=(--python "$python")
  fi
  case $1 in
    run)
      arguments+=(--no-dev --extra cards)
      if ! is_new_node node; then arguments+=(--group build); fi
      ;;
    dev) ;;
  esac
  # The second attempt trusts the machine's own certificates too, as a firm's proxy may need.
  "$uv" "${arguments[@]}" 2>var/set-up.log || UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 "$uv" "${arguments[@]}"
  if ! is_new_node node; then PATH="$PWD/.venv/bin:$PATH"; fi
  export PATH
}
