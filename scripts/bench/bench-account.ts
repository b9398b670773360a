import type { BenchAccount } from './load/load-protocol.js';

/** The account that every server of the benchmarks answers for. No real one: nothing leaves this machine. */
export function benchAccount(messageMode: BenchAccount['messageMode']): BenchAccount {
  return {
    accountId: 'pingan-meizhou',
    appId: 'wxbe0c4ac0de5a11ce',
    appSecret: 'bench0123456789bench0123456789ab',
    token: 'benchToken2026',
    aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    messageMode,
  };
}
