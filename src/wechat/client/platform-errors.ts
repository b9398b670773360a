import { OperationalError } from '../../core/errors.js';

export type ErrorGroup =
  | 'transient'
  | 'token'
  | 'configuration'
  | 'quota'
  | 'receiver_permanent'
  | 'receiver_window'
  | 'content'
  | 'duplicate'
  | 'tags'
  | 'menu'
  | 'kf'
  | 'oauth'
  | 'gone'
  | 'account'
  | 'unknown';

/** What a client does about an error code. In every case the platform did nothing of what it was asked. */
export type ErrorAction =
  /** Back off, then send the same again. */
  | 'retry'
  /** Take a new access token, then send the same again, once. */
  | 'refresh_token'
  /** Stop: only the operator, at the platform's console or in the settings, can help. */
  | 'tell_operator'
  /** Stop until the platform's counters start anew. */
  | 'wait_for_reset'
  /** Note that this person cannot be reached, and do not try again. */
  | 'mark_receiver'
  /** Use another kind of message, or wait until the person writes again. */
  | 'fall_back'
  /** The request itself is wrong and will be refused however often it is sent. */
  | 'fix_request'
  /** The same was asked before and is done: take the answer as a success. */
  | 'treat_as_done'
  /** Let the person sign in again. */
  | 'sign_in_again'
  /** The interface no longer exists: use its successor. */
  | 'use_successor';

export interface ErrorPolicy {
  group: ErrorGroup;
  action: ErrorAction;
  /** Only with `retry`: the shortest pause that can help, in milliseconds. */
  pauseMs?: number;
}

type Codes = readonly (number | readonly [from: number, to: number])[];

const minute = 60_000;

/** Platform documentation, "global return codes", and the error tables of the single interfaces. */
const table: readonly (ErrorPolicy & { codes: Codes })[] = [
  { group: 'transient', action: 'retry', pauseMs: 500, codes: [-1] },
  // Limits per minute, and 45066: the same mass message again within a minute.
  { group: 'transient', action: 'retry', pauseMs: minute, codes: [45011, 45066, 50002] },
  { group: 'token', action: 'refresh_token', codes: [40001, 40014, 42001] },
  {
    group: 'configuration',
    action: 'tell_operator',
    // 40164: this machine's address is not on the platform's whitelist. 89503–89507: an administrator must agree.
    codes: [40002, 40013, 40125, 40164, 41002, 41004, 43002, 48001, 48008, 50001, 61007, [89503, 89507]],
  },
  { group: 'quota', action: 'wait_for_reset', codes: [45009, 45026, 45028, 45029, 48006] },
  {
    group: 'receiver_permanent',
    action: 'mark_receiver',
    codes: [40003, 43004, 43019, 43101, 46004, 48002, 50005],
  },
  // 45015: the window after the person's last action is over. 45047: too many messages since that action.
  { group: 'receiver_window', action: 'fall_back', codes: [45015, 45047] },
  {
    group: 'content',
    action: 'fix_request',
    codes: [
      40037,
      41030,
      44003,
      44004,
      45001,
      45002,
      45008,
      45067,
      45083,
      45084,
      45166,
      47001,
      47003,
      [53500, 53505],
      53600,
    ],
  },
  // The clientmsgid of a mass message was used before; the answer holds the msg_id of then.
  { group: 'duplicate', action: 'treat_as_done', codes: [45065] },
  { group: 'tags', action: 'fix_request', codes: [40032, [45056, 45059], [45157, 45159]] },
  { group: 'menu', action: 'fix_request', codes: [[40016, 40028], 45064, 46003, [65301, 65317], 65320] },
  {
    group: 'kf',
    action: 'fix_request',
    codes: [
      [61451, 61457],
      [65400, 65416],
    ],
  },
  { group: 'oauth', action: 'sign_in_again', codes: [40029, 40163, 42003, 42007] },
  { group: 'gone', action: 'use_successor', codes: [45103] },
  { group: 'account', action: 'tell_operator', codes: [[48003, 48005]] },
];

const unknownPolicy: ErrorPolicy = { group: 'unknown', action: 'fix_request' };

const policies = new Map(
  table.flatMap(({ codes, ...policy }) => expand(codes).map((code) => [code, policy] as const)),
);

export function classifyError(errcode: number): ErrorPolicy {
  return policies.get(errcode) ?? unknownPolicy;
}

/** The platform answered an error code: it understood the request and did nothing. Code: `wechat_<group>`. */
export class PlatformError extends OperationalError {
  /** Names the call, for example `custom_send`. */
  readonly endpoint: string;
  readonly errcode: number;
  /** As the platform sent it, with its `rid`, by which the platform's staff find the call. */
  readonly errmsg: string;
  readonly policy: ErrorPolicy;

  constructor(endpoint: string, errcode: number, errmsg: string) {
    const policy = classifyError(errcode);
    super(`wechat_${policy.group}`, `${endpoint}: ${errcode} ${errmsg}`, {
      details: { endpoint, errcode, errmsg },
    });
    this.endpoint = endpoint;
    this.errcode = errcode;
    this.errmsg = errmsg;
    this.policy = policy;
  }

  get group(): ErrorGroup {
    return this.policy.group;
  }
}

function expand(codes: Codes): number[] {
  return codes.flatMap((entry) => {
    if (typeof entry === 'number') return [entry];
    const [from, to] = entry;
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
