export type Command = 'mainMenu' | 'back' | 'help' | 'handoff' | 'cancel';

/** The command that a normalised text is, if it is one. `0` is the main menu too, in every form of a choice. */
export function findCommand(text: string): Command | undefined {
  return COMMANDS.get(text);
}

const WORDS: Readonly<Record<Command, readonly string[]>> = {
  mainMenu: ['主菜单', '菜单', '首页', '返回主菜单', '回主菜单', 'menu'],
  back: ['#', '*', '返回', '上一级', '返回上一级'],
  help: ['?', '帮助', '使用帮助', 'help'],
  handoff: ['人工', '客服', '人工客服', '人工服务', '转人工'],
  cancel: ['取消'],
};

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  (['mainMenu', 'back', 'help', 'handoff', 'cancel'] as const).flatMap((command) =>
    WORDS[command].map((word) => [word, command] as const),
  ),
);
