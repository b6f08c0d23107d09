import { script } from './script';

/** Releases the chart to one environment, each image by its digest, and takes the release back when it fails. */
export const DEPLOY_SCRIPT = script(
  'Releases the chart to an environment, with the images of the given digests.',
  'deploy.sh APPLICATION ENVIRONMENT SERVICE=DIGEST...',
  `
environment="\${2:?\${usage}}"
shift 2
use_registry
use_environment "\${environment}"

declare -A digests=()
for argument in "$@"; do
  use_service "\${argument%%=*}"
  digests["\${argument%%=*}"]="\${argument#*=}"
done
values=()
if [ -f "\${CHART}/values.\${environment}.yaml" ]; then
  values+=(--values "\${CHART}/values.\${environment}.yaml")
fi
for service in \${SERVICES}; do
  digest="\${digests[\${service}]-}"
  [[ "\${digest}" =~ ^sha256:[0-9a-f]{64}$ ]] || fail 64 "not a digest of \${service}: '\${digest}'"
  use_service "\${service}"
  values+=(
    --set-string "\${IMAGE_VALUE}.repository=\${REGISTRY}/\${REPOSITORY}"
    --set-string "\${IMAGE_VALUE}.digest=\${digest}"
  )
done

account="$(aws sts get-caller-identity --query Account --output text)"
[ "\${account}" = "\${TARGET_ACCOUNT}" ] || fail 65 "\${environment} is account \${TARGET_ACCOUNT}, not \${account}"

case "$(helm version --template '{{ .Version }}')" in
  v3.*) undo_on_failure=(--atomic --wait) ;;
  v4.*) undo_on_failure=(--rollback-on-failure --wait=watcher) ;;
  *) fail 69 'helm 3 or 4 is needed' ;;
esac

KUBECONFIG="$(mktemp)"
export KUBECONFIG
trap 'rm -f "\${KUBECONFIG}"' EXIT
aws eks update-kubeconfig --name "\${TARGET_CLUSTER}" --region "\${TARGET_REGION}" --kubeconfig "\${KUBECONFIG}" >/dev/null

export NO_COLOR=1 # what Helm prints is read below
in_namespace=(--namespace "\${TARGET_NAMESPACE}")
deployed_revision() { # 0 if none is deployed
  { helm history "\${TARGET_RELEASE}" "\${in_namespace[@]}" 2>/dev/null || true; } |
    awk -F '\\t' '$3 ~ /^deployed/ { revision = $1 } END { print revision + 0 }'
}

# a run that was cut off leaves the release pending, and Helm refuses to touch it again
status="$(helm status "\${TARGET_RELEASE}" "\${in_namespace[@]}" 2>/dev/null | sed -n 's/^STATUS: //p' || true)"
case "\${status}" in
  pending-install) # nothing to go back to
    helm uninstall "\${TARGET_RELEASE}" "\${in_namespace[@]}" --wait --timeout 10m
    ;;
  pending-upgrade | pending-rollback)
    helm rollback "\${TARGET_RELEASE}" "$(deployed_revision)" "\${in_namespace[@]}" --wait --timeout 10m
    ;;
esac

previous="$(deployed_revision)"
helm upgrade "\${TARGET_RELEASE}" "\${CHART}" --install "\${in_namespace[@]}" "\${undo_on_failure[@]}" \\
  --wait-for-jobs --timeout 10m --history-max 10 --reset-values "\${values[@]}"

if ! helm test "\${TARGET_RELEASE}" "\${in_namespace[@]}" --logs --timeout 5m; then
  if [ "\${previous}" -gt 0 ]; then
    helm rollback "\${TARGET_RELEASE}" "\${previous}" "\${in_namespace[@]}" --wait --timeout 10m
  fi
  fail 1 "the tests of \${TARGET_RELEASE} failed on \${environment}"
fi
`,
);
