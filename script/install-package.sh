# Sourced: installs a Debian package where that is possible without asking anybody, and says nothing where it is not.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
install_package() {
  command -v apt-get >/dev/null 2>&1 || return
  local brief=(-qq -o Acquire::http::Timeout=15 -o Acquire::Retries=0)
  {
    as_root apt-get update "${brief[@]}" &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y "${brief[@]}" "$1"
  } >&2 || true
}
