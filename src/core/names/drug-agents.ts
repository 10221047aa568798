/** Drugs that reports name in place of a class (ABRicate, NCBI subclasses, ResFinder phenotypes), by canonical class. */
export const DRUG_AGENTS: Readonly<Record<string, readonly string[]>> = {
  aminoglycoside: words(
    `gentamicin tobramycin streptomycin amikacin kanamycin neomycin paromomycin kasugamycin g418 isepamicin dibekacin
    lividomycin ribostamycin butirosin butiromycin hygromycin netilmicin apramycin sisomicin arbekacin astromicin
    fortimicin spectinomycin plazomicin capreomycin viomycin`,
  ),
  beta_lactam: words(
    `amoxicillin ampicillin aztreonam cefazolin cefepime cefixime cefotaxime cefoxitin ceftaroline ceftazidime
    ceftriaxone ceftiofur cefuroxime cefiderocol cephalothin cephalotin ertapenem imipenem meropenem doripenem
    piperacillin temocillin ticarcillin methicillin oxacillin cloxacillin carbenicillin`,
  ),
  quinolone: words('ciprofloxacin levofloxacin norfloxacin moxifloxacin ofloxacin enrofloxacin nalidixic'),
  tetracycline: words('doxycycline minocycline tigecycline eravacycline oxytetracycline chlortetracycline'),
  macrolide: words(
    'azithromycin erythromycin clarithromycin telithromycin tylosin spiramycin oleandomycin carbomycin tilmicosin',
  ),
  lincosamide: words('lincomycin clindamycin'),
  streptogramin: words('quinupristin dalfopristin virginiamycin pristinamycin'),
  phenicol: words('chloramphenicol florfenicol thiamphenicol'),
  sulfonamide: words('sulfamethoxazole sulfisoxazole sulfadiazine sulfathiazole'),
  glycopeptide: words('vancomycin teicoplanin avoparcin'),
  polymyxin: words('colistin'),
  rifamycin: words('rifampicin rifabutin rifapentine'),
  oxazolidinone: words('linezolid tedizolid'),
  pleuromutilin: words('tiamulin valnemulin retapamulin'),
  nitroimidazole: words('metronidazole tinidazole'),
  nitrofuran: words('nitrofurantoin furazolidone'),
  aminocoumarin: words('novobiocin coumermycin'),
  antituberculosis: words(
    'isoniazid pyrazinamide ethambutol ethionamide bedaquiline clofazimine delamanid para-aminosalicylic cycloserine',
  ),
  biocide: words('triclosan chlorhexidine benzalkonium benzylkonium formaldehyde cetylpyridinium ethidium'),
}

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}
