/** Who may be sent customer-service messages because of what they did in the chat. */
export interface OpenWindowReader {
  /**
   * Citizens whose window is open now. WeChat: for 48 hours after a message, for one minute after a press of a menu
   * button, a follow or a scan. How many messages a window still lets through only the platform knows.
   */
  listOpen(accountId: string, now: Date): Promise<ReadonlySet<string>>;
}
