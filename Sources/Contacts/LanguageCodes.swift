/// The 7910 codes of ISO 639-3, written by `script/generate-languages`.
enum LanguageCodes {
  /// Codes of three letters: bit (a·26 + b)·26 + c, six bits a character from `0` on.
  static let codes: StaticString = #"""
    ogngnoooo^mnok_fgo1?G]fUkQoogo?Lo>`oo_L15:EnogoO_oomgooooooooOohYnoooc4]:hg_Oogo
    oooeoooco_mKd7?LMMnWDL08Ogo7^UL8hmnKOoooomooomooooooOooooOoO_ooo_oo_7ooomoko]ooo
    oko_oooo_omom_oooOgooo_oooooooomooOm?ooooomooo_oooogooogiooo^ooooo_o__C_mGL[]04k
    L6l@T`@9110D410`on_oOB[@5ImTTPhmkMn5F5EN>`a=o=okooNDHD62000oogkooo_Oghca7nln1480
    `F0P00000<0D00PTQ0Mogm^gnk51080I=VA`O_g80000OgVcRDNfckoOooLWD44162@d00oaUmUeIje]
    ]on00800000PGYeABVF0^HmNdmmOo1000401F=0000;57455J0@00004AT4000640000@0004A00@0H1
    @000500PX@0000Ae]01IG@bDeFm_Sgl00080011000004LA>1dmeA62VW20040TP00@0400008@0010A
    000\noN>080000010000000800410000200000aXZB0000004021VR010P@P@10084S10100000@0=@m
    3112400000n^c>1002@40000000000000000ooog_oog??XX0oogWln3U?04P0Ka0FD9K>`ginm0@S4T
    1h@`g>9G;SS\omOKiooooA0204@8B`ccmo@Q?A400@`ooo]eX_1mg<J30008kUW07@80`oooo3065480
    000P@@;7Q0000000@0404P0]nK:30100AB21\10H`ooogI?65lif^=00A00000D1eh[PX@0044Uhooo?
    5T0250400000@400400000@82`fh9A1RP0lA@N00000c@1495N4Q01240420@Q8404=k_CE==4@J>dbj
    cP00PD0@A000005@FRTeMOJ`6Min0010800P00DA04P0040@02P08PojG_3aMJ100`011028I;J00000
    B@400@04`gIUC@0P040dF040@0?TRaTd24PB0H410R00002`00X10P000000`SmkE80200@0000000A0
    001000`oogoOoooooooOoo^moooooooooLooOokooooooogookoooooooooooooomoogOoomoomooooo
    ok[noooooooOoooooooo_ooo_oojm_ooooooeomoono_MomolRI1\lo1`_ooo1020<LOKHPib1okoo7A
    R0cWkiAooKUlokcgbk@Ugooo71H020080EeW:nIn^5aQAQomoO7@1D@dHa5001044800PX0Pkoconkoo
    oooooookookoomoooooooOogoOoooomNoooogooomoo_ooonoo_gOggooOoooOooooooooooomoooogg
    OokkgnoOOooioooogk]momoooMnooOooOmoOOjoooooOooW02B`gonooGon_oOooRkiioOoofeGaoooo
    ooooNoo_om`YAI0aG2MG_JjomooHM]dgooo?P@10G5U`UEO3boooO;D15G00R00MY11654401H000000
    045H5@@000P1A020HDPTagoI[I@U6LDkJgDWk=81R140E840000E7WoG@hLb6mlmC410P00000900000
    0X04040@00ngomKOnndoo245466\ogUN48009e25V\Okaojko0002L<hN`g_mgkngcomoo?mmoN@dO74
    0400omo]MWoG5HhkeOCoM0000<DL210@00@03U188000000000000000000000000000000000000000
    0000000000000000000000000000000000000000000000000lO_WOUkCd5213D8jOA00200000lnoo_
    0<20P0008000`Dkh@0000419F0@020SPS60D04`PAP40000lOom_BX:4nS_D008800000044280?00Q@
    @4fGN73000@0L90800@008D0P000oKgooooo_l]g?gknWnoko]4@@4OOYgomooonoNoKa_Glolo?oono
    gkooggogogOooOeo_5HMObomoonooo_oooeEWmnG@1QLoooWElI57dWam5ZTeonoomo_ooOoMooomJog
    oo3@H:`__ooifk?GnooO@kC5kQkonnoofoomg?gooknogOMo_o2PoFlonoogooooooOooOgN6laMoWof
    MmLOFT[jk1Z7P00<2@098A00004e6@000@00400<9H0D0P0001090@00@`=NGgd3DlDlF@Fe8Y00200@
    0P00000og_n7HQD@T0:100Q40920@000000004000P0P@0a__=9010000000000`0n20000000P20000
    0OX`200004PoH800B0ooim30U0008X000000000@00a00T0800@000`P0000040000000000000000`o
    koocniK4@000B6PA=7]G0400`@11A1A04Ho?bD0100;PPDEMOfggaa<NE?DmGO65100000008LofO@5H
    3PF1@\8>j6000030T@4000Q0a8@0000leooUGc;DFSWNE0E1TBHj11000\F6BA7@Y32TR99008`O_ooO
    5>5m_ooo`gma<E_@loooO00P0K5SFlingdgkoG;Y_60AH4@G>Y42@Q2<P384P@20oooo?iO06PX20IA0
    0Da2n400001TYET024@jon[00004DOJdDi9ANgoQV5KEP@mXH33?02000`4lAD<Q_150R0eOo^l10024
    4:KA@H0A00P42410`oOooEP0FT8000020013200000`P`80;46@<0?090000;C^>6P<1`ooooAA01@8D
    7`oooo@00044h4@0L81@QKW58>04000010000000R@R2018000
    """#

  /// Characters in a row of ``codes``, without its line feed.
  static let codesPerRow = 80

  /// Codes of two letters (ISO 639-1), each before its code of three, sorted;
  /// one character between entries.
  static let pairs: StaticString = """
    aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul
    bibis bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym
    dadan dedeu dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij
    fofao frfra fyfry gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat
    huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav
    kakat kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir
    lalat lbltz lglug lilim lnlin lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon
    mrmar msmsa mtmlt mymya nanau nbnob ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya
    ococi ojoji omorm orori ososs papan pipli plpol pspus ptpor quque rmroh rnrun roron rurus
    rwkin sasan scsrd sdsnd sesme sgsag shhbs sisin skslk slslv smsmo snsna sosom sqsqi srsrp
    ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir tktuk tltgl tntsn toton trtur
    tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol wawln wowol xhxho yiyid
    yoyor zazha zhzho zuzul
    """

  /// Codes of libraries (ISO 639-2/B), each before the code that counts; as above.
  static let bibliographic: StaticString = """
    albsqi armhye baqeus burmya chizho czeces dutnld frefra geokat gerdeu greell iceisl macmkd
    maomri maymsa perfas rumron sloslk tibbod welcym
    """
}
