import type {
  CitizenAction,
  CitizenChat,
  CitizenView,
  LiveUpdate,
  Misbehaviour,
  Overview,
  PaySheet,
  PaySheetAnswer,
} from '../../api-types/sandbox.js';

const base = `${import.meta.env.BASE_URL}api`;

export function loadOverview(): Promise<Overview> {
  return request('GET', '/overview');
}

export function loadChat(accountId: string, openid: string): Promise<CitizenChat> {
  return request('GET', `${citizenPath(accountId, openid)}/chat`);
}

/** By a part of the name or openid. */
export async function findCitizens(accountId: string, search: string): Promise<CitizenView[]> {
  const path = `/accounts/${encodeURIComponent(accountId)}/citizens?search=${encodeURIComponent(search)}`;
  return (await request<{ citizens: CitizenView[] }>('GET', path)).citizens;
}

export function addCitizen(accountId: string, nickname: string): Promise<CitizenView> {
  return request('POST', `/accounts/${encodeURIComponent(accountId)}/citizens`, { nickname });
}

export function act(accountId: string, openid: string, action: CitizenAction): Promise<unknown> {
  return request('POST', `${citizenPath(accountId, openid)}/actions`, action);
}

export function setMisbehaviour(accountId: string, misbehaviour: Misbehaviour): Promise<unknown> {
  return request('PUT', `/accounts/${encodeURIComponent(accountId)}/misbehaviour`, misbehaviour);
}

/** @param prepaid account and prepay_id, with a slash between. */
export function loadPaySheet(prepaid: string): Promise<PaySheet> {
  return request('GET', prepaidPath(prepaid));
}

export function answerPaySheet(prepaid: string, answer: PaySheetAnswer): Promise<unknown> {
  return request('POST', `${prepaidPath(prepaid)}/answer`, { answer });
}

/** The platform signs with a new certificate from now on. */
export function changePayCertificate(accountId: string): Promise<unknown> {
  return request('POST', `/pay/${encodeURIComponent(accountId)}/certificates`);
}

/** Calls back for every change, and whenever the stream opens anew: what happened in between must be loaded. */
export function followUpdates(handlers: {
  onOpen: () => void;
  onBreak: () => void;
  onUpdate: (update: LiveUpdate) => void;
}): () => void {
  const source = new EventSource(`${base}/events`);
  source.addEventListener('open', handlers.onOpen);
  source.addEventListener('error', handlers.onBreak);
  source.addEventListener('message', ({ data }: MessageEvent<string>) => handlers.onUpdate(JSON.parse(data)));
  return () => source.close();
}

function citizenPath(accountId: string, openid: string): string {
  return `/accounts/${encodeURIComponent(accountId)}/citizens/${encodeURIComponent(openid)}`;
}

function prepaidPath(prepaid: string): string {
  const [accountId = '', prepayId = ''] = prepaid.split('/');
  return `/pay/${encodeURIComponent(accountId)}/prepaid/${encodeURIComponent(prepayId)}`;
}

/** @throws Error with the server's Chinese sentence, fit to be shown. */
async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer?.error?.message ?? `HTTP ${response.status}`);
  return answer;
}
