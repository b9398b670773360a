export async function buildProduct(): Promise<void> {}
