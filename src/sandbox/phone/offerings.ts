import { UserError } from '../../core/errors.js';
import { refusalTexts } from '../sandbox-texts.js';

/** Pictures and places that the phone page offers to send. The pictures lie beside the built page. */

export const pictures = [
  { id: 'pothole', title: '路面坑洼', file: 'pictures/pothole.png' },
  { id: 'street-lamp', title: '路灯不亮', file: 'pictures/street-lamp.png' },
  { id: 'form', title: '填好的表', file: 'pictures/form.png' },
] as const;

/** Rough positions within the city of Meizhou (GCJ-02, as the platform sends them). */
export const places = [
  { id: 'city', label: '广东省梅州市梅江区', latitude: 24.3108, longitude: 116.1166 },
  { id: 'station', label: '梅州站', latitude: 24.2716, longitude: 116.1009 },
  { id: 'meixian', label: '广东省梅州市梅县区', latitude: 24.2656, longitude: 116.0817 },
  { id: 'dabu', label: '广东省梅州市大埔县', latitude: 24.3536, longitude: 116.6951 },
] as const;

export type Picture = (typeof pictures)[number];
export type Place = (typeof places)[number];

/** @throws UserError `unknown_picture`. */
export function findPicture(id: string): Picture {
  const found = pictures.find((picture) => picture.id === id);
  if (!found) throw new UserError('unknown_picture', refusalTexts.unknownPicture, { status: 404 });
  return found;
}

/** @throws UserError `unknown_place`. */
export function findPlace(id: string): Place {
  const found = places.find((place) => place.id === id);
  if (!found) throw new UserError('unknown_place', refusalTexts.unknownPlace, { status: 404 });
  return found;
}
