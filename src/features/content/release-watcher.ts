import type { Release } from '../../dialog/release.js';
import type { FrozenRef } from './release-compiler.js';
import type { LivePointer } from './release-store.js';

/** Is told what happens to the live releases of this node, to count and to log it; never changes anything. */
export interface ReleaseWatcher {
  /** What waits for review is compiled, should it go live. `tookMs`: in milliseconds, messages in between. */
  onPrepared(ref: FrozenRef, tookMs: number): void;
  /** A release answers from now on. `tookMs`: from hearing of it to being ready, in milliseconds. */
  onLive(release: Release, tookMs: number): void;
  /** A release cannot be used; the one before it goes on answering. A person must act. */
  onRefused(pointer: LivePointer, error: unknown): void;
  /** News of releases may come late: the database or its change stream is not there. It is tried again. */
  onInterrupted(reason: unknown): void;
}
