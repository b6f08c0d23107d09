import { script } from './script';

/** Renders the chart as each environment would get it. */
export const CHART_SCRIPT = script(
  'Lints the Helm chart with the values of every environment.',
  'chart.sh APPLICATION',
  `
[ -f "\${CHART}/Chart.yaml" ] || fail 66 "there is no \${CHART}/Chart.yaml"

images=()
for service in \${SERVICES}; do
  use_service "\${service}"
  images+=(
    --set-string "\${IMAGE_VALUE}.repository=registry.example/\${REPOSITORY}"
    --set-string "\${IMAGE_VALUE}.digest=sha256:$(printf '%064d' 0)"
  )
done
for environment in \${ENVIRONMENTS}; do
  values=()
  if [ -f "\${CHART}/values.\${environment}.yaml" ]; then
    values+=(--values "\${CHART}/values.\${environment}.yaml")
  fi
  helm lint "\${CHART}" "\${values[@]}" "\${images[@]}"
done
`,
);
