import { sceneSchema, settingsSchema } from '../../../api-types/content-values.js';
import { toTarget, toTargetDraft, type TargetDraft } from '../draft/target.js';

/** The settings that name a reply, in the order in which citizens meet them. */
export const namedReplies = {
  welcome: { label: '关注时的欢迎语', hint: '主菜单附在其后' },
  fallback: { label: '没有听懂时的回答', hint: '主菜单附在其后' },
  help: { label: '帮助', hint: '市民发“帮助”时' },
  handoff: { label: '转人工', hint: '市民发“人工”时' },
  media: { label: '收到图片、语音、视频时', hint: '' },
  location: { label: '收到位置时', hint: '' },
} as const;
export type NamedReply = keyof typeof namedReplies;

export interface SettingsForm extends Record<NamedReply, string> {
  name: string;
  sample: boolean;
  mainMenuTitle: string;
  cursorMinutes: number;
  chatRecordDays: number;
}

export function readSettings(value: unknown): SettingsForm {
  return settingsSchema.parse(value);
}

export function writeSettings(form: SettingsForm): SettingsForm {
  return { ...form, name: form.name.trim(), mainMenuTitle: form.mainMenuTitle.trim() };
}

/** What a QR code leads to, as it is typed. */
export interface SceneForm {
  scene: string;
  title: string;
  opens: TargetDraft;
}

export function beginScene(scene: string): SceneForm {
  return { scene, title: '', opens: { kind: 'node', id: '' } };
}

export function readScene(value: unknown): SceneForm {
  const { scene, title, opens } = sceneSchema.parse(value);
  return { scene, title, opens: toTargetDraft(opens) };
}

export function writeScene({ scene, title, opens }: SceneForm): Record<string, unknown> {
  return { scene, title: title.trim(), opens: toTarget(opens) };
}
