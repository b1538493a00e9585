const ACCOUNTS: Readonly<Record<string, string>> = {
  channel: '微信账户',
  refund_payable: '应退款',
  suspense: '存疑款项',
  channel_fee: '手续费',
};
const INCOME = 'income:';

/** An account of the ledger as finance calls it; of income, by the fee item that it is of. */
export function accountName(
  account: string,
  feeItems: readonly { code: string; name: string }[] = [],
): string {
  if (!account.startsWith(INCOME)) return ACCOUNTS[account] ?? account;
  const item = feeItems.find(({ code }) => code === account.slice(INCOME.length));
  return item ? `收入：${item.name}` : '收费收入';
}
