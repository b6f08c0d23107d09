import { script } from './script';

/** Tests a service where it will run: in the toolchain of its own Dockerfile. */
export const TEST_SCRIPT = script(
  'Lints the Dockerfile of a service and builds its stage "test", which runs linters and unit tests.',
  'test.sh APPLICATION SERVICE',
  `
use_service "\${2:?\${usage}}"
[ -f "\${DOCKERFILE}" ] || fail 66 "there is no \${DOCKERFILE}"

docker buildx build --check --file "\${DOCKERFILE}" "\${CONTEXT}"
if grep -qiE '^[[:space:]]*FROM[[:space:]].*[[:space:]]AS[[:space:]]+test[[:space:]]*$' "\${DOCKERFILE}"; then
  docker buildx build --target test --file "\${DOCKERFILE}" "\${CONTEXT}"
else
  echo "::warning file=\${DOCKERFILE}::no unit tests ran, as there is no stage named test"
fi
`,
);
