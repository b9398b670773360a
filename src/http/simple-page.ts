/** A link of a simple page. */
export interface PageLink {
  text: string;
  href: string;
}

export interface SimplePage {
  title: string;
  lines: readonly string[];
  links?: readonly PageLink[];
}

/**
 * A page of a few lines, made by the server: for where no page program can run yet. All texts are shown as they are.
 */
export function simplePage({ title, lines, links = [] }: SimplePage): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
body { margin: 0; padding: 48px 24px; background: #f7f8fa; color: #1f2329;
  font: 17px/1.6 -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
main { max-width: 420px; margin: 0 auto; }
h1 { font-size: 22px; margin: 0 0 12px; }
p { margin: 0 0 12px; }
a { display: block; box-sizing: border-box; min-height: 48px; margin-top: 12px; padding: 10px 16px; border-radius: 8px;
  background: #0b5cad; color: #fff; text-align: center; text-decoration: none; }
a:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
${links.map(({ text, href }) => `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`).join('\n')}
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
