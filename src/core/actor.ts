/** Who does something, and from where, as the audit trail records it. */
export interface Actor {
  by: {
    /** The id of a member of staff; `command-line` and `system` are nobody's. */
    staffId: string;
    name: string;
  };
  from: {
    /** The network address, or the name of the machine for a command line. */
    address: string;
    /** The browser's own description of itself, or the command. */
    agent: string;
  };
}
