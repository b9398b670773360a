import type { DataSubject } from '../compliance/own-data-part.js';
import type { Vote, VoteSample } from './rating.js';

/** What a citizen said about an answer, with what they had asked; null: that is not kept, or not any more. */
export type OwnVote = Pick<Vote, 'reply' | 'release' | 'useful' | 'votedAt'> & {
  text: VoteSample['text'] | null;
};

/** What leads back from judgements and unanswered questions to a citizen, for the rights of access and erasure. */
export interface OwnFeedbackStore {
  /** Votes on answers that were given at these moments. */
  listVotes(citizen: DataSubject, answeredAt: readonly Date[]): Promise<OwnVote[]>;
  /** With the samples. @returns how many votes. */
  removeVotes(citizen: DataSubject, answeredAt: readonly Date[]): Promise<number>;
  /** Takes the citizen out of those who asked what had no answer. The questions stay: they name nobody. */
  removeAsker(citizen: DataSubject): Promise<void>;
}
