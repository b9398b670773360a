/** Something about a plan that its author should know before it is sent. */
export interface NoticeFinding {
  /** `warning`: it can be sent all the same. */
  severity: 'error' | 'warning';
  /** Stable, `snake_case`. */
  code: string;
  /** Where in the plan, such as `content.template.values.thing1`. */
  field: string;
  /** A Chinese sentence. */
  message: string;
}

export function errorAt(field: string, code: string, message: string): NoticeFinding {
  return { severity: 'error', code, field, message };
}

export function warningAt(field: string, code: string, message: string): NoticeFinding {
  return { severity: 'warning', code, field, message };
}
