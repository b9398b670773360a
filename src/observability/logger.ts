import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

/**
 * JSON lines on standard output. What the levels mean:
 * error: a person must act now; warn: something was refused or retried; info: the life of the process;
 * debug: one line per message.
 */
export type Logger = PinoLogger;

/** Fields that hold something personal or secret, at the top of a log object and one level down. */
const redactedFields = [
  'openid',
  'fromUser',
  'text',
  'content',
  'recognition',
  'raw',
  'idNumber',
  'phone',
  'name',
  'latitude',
  'longitude',
  'label',
  'secret',
  'appSecret',
  'token',
  'accessToken',
  'access_token',
  'aesKey',
  'previousAesKey',
  'signature',
  'authorization',
  'cookie',
];

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: redactedFields.flatMap((field) => [field, `*.${field}`]),
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** For tests and for tools that must stay silent. */
export const silentLogger: Logger = pino({ level: 'silent' });
