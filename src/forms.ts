import type { Form } from './dialog/forms/form-model.js';
import { activityForms } from './features/activities/chat/activity-forms.js';
import { appointmentForms } from './features/appointments/appointment-forms.js';
import { audienceForms } from './features/audience/district-form.js';
import { messageForms } from './features/messages/message-forms.js';

/** Every form that this program offers; content leads to them by their ids. */
export const programForms: readonly Form[] = [
  ...messageForms,
  ...appointmentForms,
  ...activityForms,
  ...audienceForms,
];
