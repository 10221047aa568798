/** The environment of what this program starts: what authorises us towards a hub is none of a pipeline's business. */
export const withoutSecrets = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^BENCHMARK_.*(TOKEN|KEY)$/.test(name)))
