import type { FigureView } from '../../../../api-types/appointments.js';

/** Figures of one service, or of all of them, over the whole range. */
export type FigureSum = Omit<FigureView, 'day' | 'service' | 'venue'> & { title: string };

/** A row for each service, in the order in which they first come, and one for all of them last. */
export function sumUpByService(
  figures: readonly FigureView[],
  nameOf: (service: string) => string,
): FigureSum[] {
  const services = [...new Set(figures.map(({ service }) => service))];
  const rows = services.map((id) =>
    sumUp(
      nameOf(id),
      figures.filter(({ service }) => service === id),
    ),
  );
  return [...rows, ...(services.length > 1 ? [sumUp('合计', figures)] : [])];
}

function sumUp(title: string, figures: readonly FigureView[]): FigureSum {
  const total = (of: (figure: FigureView) => number) => figures.reduce((sum, one) => sum + of(one), 0);
  const places = total((one) => one.places);
  const booked = total((one) => one.booked);
  const arrived = total((one) => one.arrived);
  const missed = total((one) => one.missed);
  return {
    title,
    places,
    booked,
    arrived,
    missed,
    cancelled: total((one) => one.cancelled),
    utilisation: perCent(booked, places),
    noShow: perCent(missed, arrived + missed),
  };
}

function perCent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;
}
