import {
  scheduleSchema,
  serviceSchema,
  venueSchema,
  type Schedule,
  type Service,
  type Venue,
} from '../../../../api-types/offer.js';
import { tidyLines } from '../../draft/edit-lines.js';
import { newId } from '../../shared/new-id.js';

/** A service as it is typed; `guide` is empty where there is none. */
export type ServiceForm = Omit<Service, 'guide'> & { guide: string };

/** What a new one begins with; the rules are the usual ones of government halls. */
export function newService(): ServiceForm {
  return {
    id: newId('service'),
    name: '',
    materials: [],
    note: '',
    guide: '',
    limit: { count: 1, per: 'ahead' },
    leadMinutes: 60,
    horizonDays: 14,
    releasesAt: '08:00',
    cancelUntilMinutes: 120,
    offerMinutes: 30,
    noShow: { count: 3, withinDays: 180, blockDays: 30 },
    isPaused: false,
  };
}

export function readService(value: unknown): ServiceForm {
  return { guide: '', ...serviceSchema.parse(value) };
}

export function writeService({ guide, ...form }: ServiceForm): Service {
  return {
    ...form,
    name: form.name.trim(),
    note: form.note.trim(),
    materials: tidyLines(form.materials),
    ...(guide !== '' && { guide }),
  };
}

export function newVenue(): Venue {
  return { id: newId('hall'), name: '', address: '', phone: '', note: '' };
}

export function readVenue(value: unknown): Venue {
  return venueSchema.parse(value);
}

export function writeVenue({ id, name, address, phone, note }: Venue): Venue {
  return { id, name: name.trim(), address: address.trim(), phone: phone.trim(), note: note.trim() };
}

export function newSchedule(): Schedule {
  return {
    service: '',
    venue: '',
    weekdays: [1, 2, 3, 4, 5],
    periods: [
      { from: '09:00', to: '12:00' },
      { from: '14:30', to: '17:30' },
    ],
    slotMinutes: 30,
    counters: ['1号窗口'],
    perCounter: 3,
  };
}

export function readSchedule(value: unknown): Schedule {
  return scheduleSchema.parse(value);
}

export function writeSchedule(form: Schedule): Schedule {
  return {
    ...form,
    weekdays: form.weekdays.toSorted((a, b) => a - b),
    counters: tidyLines(form.counters),
  };
}
