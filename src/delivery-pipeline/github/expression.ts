/** A value that GitHub fills in when the workflow runs. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}
