/** A variable that belongs to no product setting, such as what tests and tools are given; undefined when empty. */
export function processVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** The environment of a child process: ours, with what is given on top; undefined takes a variable away. */
export function childEnvironment(
  extra: Readonly<Record<string, string | undefined>> = {},
): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = { ...process.env, ...extra };
  for (const [name, value] of Object.entries(extra)) if (value === undefined) delete merged[name];
  return merged;
}
