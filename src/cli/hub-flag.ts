import * as Flags from '@oclif/core/flags'

/** Which hub; every command of the exchange has it. */
export const hubFlag = {
  hub: Flags.string({
    description: 'URL or folder of the hub (default: central_hub.url of the configuration)',
    helpValue: '<url>',
  }),
}
