import type { Code } from '../generated/Code';

/** Why a call was not done; nothing has changed when one is thrown. Branch on `code`, show `message`. */
export class Failure extends Error {
  readonly code: Code | 'unreachable';
  /** Machine-readable facts: the field, the confirmation asked for, the broken records. */
  readonly details: unknown;

  constructor(code: Code | 'unreachable', message: string, details: unknown = null) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.details = details;
  }

  /** Whatever was thrown, as a Failure. */
  static from(thrown: unknown): Failure {
    if (thrown instanceof Failure) return thrown;
    if (isReply(thrown)) return new Failure(thrown.code, thrown.message, thrown.details ?? null);
    if (thrown instanceof Error) return new Failure('internal', thrown.message, thrown.stack ?? null);
    return new Failure('internal', String(thrown));
  }

  /** The request's field that is wrong, when the failure is about one. */
  get field(): string | undefined {
    return fact(this.details, 'field');
  }

  /** The field to fill in to go on, when the failure asks for a confirmation or a reason. */
  get confirm(): string | undefined {
    return fact(this.details, 'confirm');
  }
}

function isReply(value: unknown): value is { code: Code; message: string; details?: unknown } {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

function fact(details: unknown, name: string): string | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  const value = (details as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
