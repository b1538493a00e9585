/** A specimen person: invented, consistent, and known to every stand-in. */
export interface Person {
  id: string;
  name: string;
  sex: '男' | '女';
  /** As on the ID card, without 族. */
  nation: string;
  /** yyyy-mm-dd */
  birth: string;
  address: string;
  idNumber: string;
  idAuthority: string;
  /** As on the card: yyyy.mm.dd-yyyy.mm.dd or yyyy.mm.dd-长期. */
  idValidity: string;
  /** The number reserved at the bank, and WeChat's own. */
  phone: string;
  bankCard: string;
  bankName: string;
  openid: string;
  /** When set, the four-factor check answers this result for the person's card, for example -13 (lost). */
  cardResult?: string | undefined;
}
