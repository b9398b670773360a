/** What the platform imposes on content, and what readers do. Bytes are UTF-8. */
export interface ContentLimits {
  /** WeChat, passive and customer-service text: at most 2,048 bytes in one message; more goes out in parts. */
  textBytes: number;
  /** WeChat `menu/create`: name of a button on the first level. */
  topButtonBytes: number;
  /** WeChat `menu/create`: name of a button on the second level. */
  subButtonBytes: number;
  /** One digit each: a longer list no longer fits a phone's screen. */
  children: number;
  /** A reply that ends within so many days is announced. */
  expiryNoticeDays: number;
}

export const contentLimits: ContentLimits = {
  textBytes: 2_048,
  topButtonBytes: 16,
  subButtonBytes: 60,
  children: 9,
  expiryNoticeDays: 30,
};

/** What is accepted from files: far above any real account, far below what would stall a process. */
export const fileLimits = {
  /** One YAML file. */
  fileBytes: 2_000_000,
  /** All files of one account. */
  totalBytes: 12_000_000,
  /** All content of one account, frozen: some fifty thousand nodes with their replies. */
  frozenBytes: 32_000_000,
} as const;
