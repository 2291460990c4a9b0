/** Whether pasted plain text is Markdown beyond doubt: a fence, or two different signs of it. */
export function looksLikeMarkdown(text: string): boolean {
  if (/^```[\w+#.-]*\n[\s\S]*^```\s*$/m.test(text)) return true;
  const signs = [
    /^#{1,6} \S/m,
    /^[-*+] \S.*\n+(?:\s*[-*+] |\s{2,})\S/m,
    /^\d+[.)] \S.*\n+(?:\d+[.)] |\s{2,})\S/m,
    /^\s*[-*+] \[[ xX]\] \S/m,
    /^> \S/m,
    /(?:^|\W)\*\*\S[^*\n]*\*\*/,
    /\[[^\]\n]+\]\((?:https?:|mailto:|#|\.{0,2}\/)[^)\s]*\)/,
    /^(?:---|\*\*\*)$/m,
  ];
  return signs.filter((sign) => sign.test(text)).length >= 2;
}
