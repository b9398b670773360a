/** Whether a clause, folded and simplified, asks or wants something; a story tells how things are. */
export function isRequest(clause: string): boolean {
  return ASKING.test(clause);
}

/** Asking words, also southern ones and in pinyin; wanting; a bare negation at the end: 上班不. */
const ASKING =
  /怎|咋|如何|什么|啥|咩|乜|么个|脉个|麽个|哪|边[度个处]|喺边|奈|谁|几|多少|多久|多长|点[样办算搞整]|样般|仰般|使唔使|[吗么嘛]|[能会要可应该是用行给管]不|有没有|可以|能否|可否|是否|想|要|帮|补|[不没无冇未]$|zenme|shenme|duoshao|duojiu|nali|ma$/;
