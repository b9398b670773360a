/** How citizens judged a reply as it stood in one release. */
export interface Rating {
  /** Id of the reply. */
  reply: string;
  /** Number of the release that gave it. */
  release: number;
  /** Answers that helped. */
  useful: number;
  useless: number;
}

/** What a citizen says about one answer. */
export interface Vote {
  accountId: string;
  openid: string;
  reply: string;
  release: number;
  /** When the answer was given, UTC: it names the answer among all of this citizen's. */
  answeredAt: Date;
  useful: boolean;
  /** When the citizen said so, UTC. */
  votedAt: Date;
}

/** What somebody had asked who then judged the answer. */
export interface VoteSample extends Pick<Vote, 'reply' | 'release' | 'useful' | 'votedAt'> {
  /** Personal data masked. */
  text: string;
}
