import { script } from './script';

/** Builds an image once: a commit that has its image already gets the same one again. */
export const BUILD_SCRIPT = script(
  'Builds and pushes the image of a service, with SBOM and provenance, and prints its digest.',
  'build.sh APPLICATION SERVICE COMMIT',
  `
use_registry
use_service "\${2:?\${usage}}"
commit="\${3:?\${usage}}"
[[ "\${commit}" =~ ^[0-9a-f]{40}$ ]] || fail 64 "not a commit: \${commit}"
image="\${REGISTRY}/\${REPOSITORY}"
cache="type=registry,ref=\${REGISTRY}/\${CACHE_REPOSITORY}:buildcache"

# tags never move, so a second run for the same commit cannot push again
digest="$(aws ecr describe-images --region "\${REGISTRY_REGION}" --repository-name "\${REPOSITORY}" \\
  --image-ids "imageTag=\${commit}" --query 'imageDetails[0].imageDigest' --output text 2>/dev/null || true)"

if [ -z "\${digest}" ]; then
  bash "$(dirname "\${BASH_SOURCE[0]}")/login.sh" "\${application}" >&2
  metadata="$(mktemp)"
  trap 'rm -f "\${metadata}"' EXIT
  docker buildx build --push --tag "\${image}:\${commit}" \\
    --label "org.opencontainers.image.revision=\${commit}" \\
    --sbom=true --provenance=mode=max \\
    --cache-from "\${cache}" --cache-to "\${cache},mode=max,image-manifest=true,oci-mediatypes=true" \\
    --metadata-file "\${metadata}" --file "\${DOCKERFILE}" "\${CONTEXT}" >&2
  digest="$(sed -n 's/.*"containerimage\\.digest": *"\\([^"]*\\)".*/\\1/p' "\${metadata}")"
fi

[[ "\${digest}" =~ ^sha256:[0-9a-f]{64}$ ]] || fail 70 "the build of \${image} left no digest, but '\${digest}'"
printf '%s\\n' "\${digest}"
`,
);
