// The same resources as plain CfnResource objects, in a process of its own: node floor.cjs <generated module>
const { App, CfnCondition, CfnOutput, CfnResource, Stack } = require('aws-cdk-lib');
const { finish } = require('./usage.cjs');

const app = new App();
for (const { stackName, template } of require(process.argv[2])) {
  const stack = new Stack(app, stackName, { stackName });
  for (const [id, expression] of Object.entries(template.Conditions ?? {})) {
    new CfnCondition(stack, `Condition-${id}`, { expression: { resolve: () => expression } }).overrideLogicalId(id);
  }
  for (const [id, { Type, Properties, ...attributes }] of Object.entries(template.Resources ?? {})) {
    const resource = new CfnResource(stack, id, { type: Type, properties: Properties });
    resource.overrideLogicalId(id);
    for (const [name, value] of Object.entries(attributes)) {
      if (name !== 'Metadata') {
        resource.addOverride(name, value);
      }
    }
  }
  for (const [id, { Value, Export, Description }] of Object.entries(template.Outputs ?? {})) {
    const output = new CfnOutput(stack, `Output-${id}`, { value: 'replaced', description: Description });
    output.overrideLogicalId(id);
    output.value = { resolve: () => Value, toString: () => id };
    if (Export) {
      output.exportName = Export.Name;
    }
  }
}
app.synth();
finish();
