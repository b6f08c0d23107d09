import { script } from './script';

/** Tells the environment's topic how a deployment ended: as text by mail, as a card in a chat. */
export const NOTIFY_SCRIPT = script(
  'Reports how a deployment ended to the topic of the environment.',
  'notify.sh APPLICATION ENVIRONMENT OUTCOME URL',
  `
environment="\${2:?\${usage}}"
outcome="\${3:?\${usage}}"
url="\${4:?\${usage}}"
use_environment "\${environment}"
[[ "\${outcome}\${url}" =~ ^[A-Za-z0-9_.:/@-]+$ ]] || fail 64 'the outcome and the URL must be plain text'

title="\${application} on \${environment}: \${outcome}"
message="$(
  cat <<JSON
{
  "default": "\${title}\\n\${url}",
  "https": "{\\"version\\":\\"1.0\\",\\"source\\":\\"custom\\",\\"content\\":{\\"title\\":\\"\${title}\\",\\"description\\":\\"\${url}\\"}}"
}
JSON
)"

topic="$(aws ssm get-parameter --region "\${TARGET_REGION}" --name "\${TARGET_TOPIC_PARAMETER}" \\
  --query Parameter.Value --output text)"
aws sns publish --region "\${TARGET_REGION}" --topic-arn "\${topic}" \\
  --subject "\${title:0:99}" --message-structure json --message "\${message}"
`,
);
