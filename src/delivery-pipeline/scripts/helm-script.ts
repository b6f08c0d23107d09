import { GENERATED } from './script';

const VERSION = 'v4.2.4';
const CHECKSUM = 'c306b46f719b0a4da32d0f78ee21bf90ce8d602f15b22ab753f0674d1670a7f3';

/** Installs the one Helm that the pipeline was made for. */
export const HELM_SCRIPT = `#!/usr/bin/env bash
# Installs Helm ${VERSION} for Linux on x86-64, after checking what was downloaded.
# Usage: ci/helm.sh DIRECTORY
#
# ${GENERATED}
set -euo pipefail

directory="\${1:?usage: ci/helm.sh DIRECTORY}"
archive="$(mktemp)"
trap 'rm -f "\${archive}"' EXIT

curl --fail --silent --show-error --location --retry 3 --output "\${archive}" \\
  https://get.helm.sh/helm-${VERSION}-linux-amd64.tar.gz
echo '${CHECKSUM} '"\${archive}" | sha256sum --check --quiet
mkdir -p "\${directory}"
tar --extract --gzip --file "\${archive}" --directory "\${directory}" --strip-components 1 linux-amd64/helm
`;
