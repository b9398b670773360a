/** Numbers of one run by name; names are stable, so that runs can be compared. */
export type Figures = Record<string, number>;

export interface BenchOutcome {
  figures: Figures;
  /** Answers were wrong or messages were lost: the figures mean nothing. */
  faulty: boolean;
}

export interface BenchOptions {
  /** `--minutes`, for benchmarks that run as long as they are told. */
  minutes: number | null;
  /** Progress and results, for people. */
  say: (line: string) => void;
}

export interface Bench {
  name: string;
  summary: string;
  run: (options: BenchOptions) => Promise<BenchOutcome>;
}
