#include "search/schema/english_words.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace carrel::schema {
namespace {

/// Each line is one family; the first word is its stem. Either Snowball's English stemmer (as in
/// Xapian 1.4.22) parts it (coerce ≠ coercion, tribe ≠ tribal, child ≠ children, smuggle ≠ smuggler), or it
/// joins words of the family with strangers (organ = organization, author = authority, several = severe,
/// office = officer, department = depart, refuge = refugee); then the strangers are a line of their own.
constexpr std::string_view kFamilies[] = {
    "accident accidents accidental accidentally",
    "accountable accountability accountably",
    "accountant accountants accountancy",
    "advertise advertises advertised advertising advertiser advertisers advertisement advertisements advert "
    "adverts",
    "advise advises advised advising adviser advisers advisor advisors advisory",
    "advocate advocates advocated advocating advocacy",
    "analysis analyses analyze analyzes analyzed analyzing analyst analysts",
    "apartment apartments",
    "apply applies applied applying application applications applicant applicants applicable",
    "asylum asylums asylee asylees",
    "author authors authored authoring authorship",
    "authority authorities authoritative",
    "authorize authorizes authorized authorizing authorization authorizations unauthorized",
    "batter batters battered battering batterer batterers",
    "business businesses businessman businessmen businesswoman businesswomen",
    "busy busier busiest busily",
    "buy buys buying buyer buyers bought",
    "careful carefully carefulness",
    "catch catches catching caught",
    "center centers centered centering",
    "certify certifies certified certifying certifier certifiers certification certifications certificate "
    "certificates certificated",
    "child children",
    "choose chooses choosing chose chosen choice choices",
    "cite cites cited citing citation citations",
    "coerce coerces coerced coercing coercion coercive coercively coercer coercers",
    "commerce commercial commercially commercialize commercialized",
    "comply complies complied complying compliance compliant",
    "conversation conversations conversational conversationally",
    "conversion conversions",
    "counsel counsels counseled counseling counselor counselors",
    "crisis crises",
    "criterion criteria",
    "curriculum curricula curriculums",
    "customer customers",
    "customs",
    "dating",
    "deceive deceives deceived deceiving deception deceptions deceptive deceptively deceit deceitful",
    "defense defenses",
    "dentist dentists dental dentistry",
    "depart departs departed departing departure departures",
    "department departments departmental",
    "detain detains detained detaining detainee detainees detainment detention detentions",
    "diagnosis diagnoses diagnose diagnosed diagnosing diagnostic diagnostics",
    "disclose discloses disclosed disclosing disclosure disclosures",
    "emerge emerges emerged emerging emergence emergent",
    "emergency emergencies",
    "enroll enrolls enrolled enrolling enrollment enrollments enrol enrols enrolment enrolments enrollee "
    "enrollees",
    "evening evenings",
    "expose exposes exposed exposing exposure exposures",
    "farm farms farmed farming farmer farmers",
    "fish fishes fished fishing fishery fisheries fisher fishers fisherman fishermen",
    "flee flees fleeing fled",
    "forfeit forfeits forfeited forfeiting forfeiture forfeitures",
    "format formats formatted formatting",
    "formation formations formative",
    "fraud frauds fraudulent fraudulently fraudster fraudsters defraud defrauds defrauded defrauding",
    "fulfill fulfills fulfilled fulfilling fulfillment fulfil fulfils fulfilment",
    "guardian guardians guardianship guardianships",
    "harass harasses harassed harassing harassment harasser harassers",
    "hide hides hiding hid hidden",
    "hold holds holding held",
    "honest honesty honestly",
    "humane humanely inhumane inhumanely",
    "humanity humanities inhumanity",
    "identify identifies identified identifying identification identifications identifiable identifier "
    "identifiers",
    "important importance importantly",
    "informal informally informality",
    "informant informants",
    "inspect inspects inspected inspecting inspection inspections inspector inspectors",
    "instruct instructs instructed instructing instruction instructions instructor instructors instructional",
    "intern interns internship internships",
    "internal internally",
    "international internationally internationals",
    "internment internments interned interning",
    "interview interviews interviewed interviewing interviewer interviewers interviewee interviewees",
    "judgment judgments judgement judgements",
    "kidnap kidnaps kidnapped kidnapping kidnappings kidnapper kidnappers kidnaped kidnaping",
    "labor labors labored laboring laborer laborers",
    "lawful lawfully lawfulness",
    "legislate legislates legislated legislating legislation legislative legislatively legislator "
    "legislators "
    "legislature legislatures",
    "lend lends lending lent lender lenders",
    "license licenses licensed licensing licensure licensee licensees",
    "man men",
    "marriage marriages marry marries married marrying marital",
    "medical medically",
    "medication medications medicate medicated medicating",
    "memorandum memoranda memorandums",
    "migrate migrates migrated migrating migration migrations migrant migrants migratory",
    "minor minors",
    "minority minorities",
    "nation nations",
    "national nationals nationally",
    "nationality nationalities",
    "naturalize naturalizes naturalized naturalizing naturalization naturalizations",
    "offense offenses",
    "officer officers",
    "organ organs",
    "organic organically",
    "organism organisms",
    "organize organizes organized organizing organizer organizers organization organizations organizational "
    "organizationally",
    "parent parents parental parentally parenting",
    "parole paroles paroled paroling parolee parolees",
    "pay pays paying paid payment payments payer payers",
    "perpetrate perpetrates perpetrated perpetrating perpetrator perpetrators perpetration",
    "policeman policemen",
    "policewoman policewomen",
    "position positions positioned positioning",
    "positive positively positivity",
    "practice practices practiced practicing practise practises practised practising practitioner "
    "practitioners",
    "pregnant pregnancy pregnancies",
    "program programs programmatic programmatically programming programmer programmers programmed",
    "prosecute prosecutes prosecuted prosecuting prosecution prosecutions prosecutor prosecutors "
    "prosecutorial",
    "prostitute prostitutes prostituted prostituting prostitution",
    "psychiatry psychiatric psychiatrist psychiatrists",
    "psychology psychological psychologically psychologist psychologists",
    "publication publications publish publishes published publishing publisher publishers",
    "publicity publicize publicized publicizing",
    "rape rapes raped raping rapist rapists",
    "refuge refuges",
    "refugee refugees",
    "relative relatives",
    "respond responds responded responding responder responders response responses responsive responsiveness "
    "respondent respondents",
    "responsible responsibly responsibility responsibilities",
    "seek seeks seeking sought seeker seekers",
    "seize seizes seized seizing seizure seizures",
    "sell sells selling seller sellers sold",
    "servant servants",
    "sever severs severed severing severance",
    "several",
    "severe severely severity severities severer",
    "slave slaves slavery enslave enslaves enslaved enslaving enslavement enslaver enslavers",
    "smuggle smuggles smuggled smuggling smuggler smugglers",
    "speak speaks speaking spoke spoken speaker speakers",
    "sponsor sponsors sponsored sponsoring sponsorship sponsorships",
    "spouse spouses spousal",
    "stalk stalks stalked stalking stalker stalkers",
    "steal steals stealing stole stolen",
    "supervise supervises supervised supervising supervision supervisor supervisors supervisory",
    "survive survives survived surviving survival survivals survivor survivors survivorship",
    "swear swears swearing swore sworn",
    "teach teaches teaching taught teacher teachers",
    "teen teens teenage teenaged teenager teenagers",
    "testify testifies testified testifying testimony testimonies testimonial testimonials",
    "therapy therapies therapist therapists therapeutic therapeutically",
    "thief thieves theft thefts",
    "traffic traffics",
    "trafficking trafficked trafficker traffickers traffick trafficks",
    "tribe tribes tribal tribally",
    "universal universally universality",
    "universe universes",
    "university universities",
    "useful usefully usefulness",
    "vacate vacates vacated vacating vacatur vacaturs",
    "vacation vacations",
    "victim victims victimize victimizes victimized victimizing victimization victimizations victimhood "
    "victimizer "
    "victimizers",
    "violence violent violently",
    "visit visits visited visiting visitor visitors visitation visitations",
    "waive waives waived waiving waiver waivers",
    "wife wives",
    "willful willfully willfulness wilful wilfully",
    "willing willingly willingness",
    "withhold withholds withholding withheld withholdings",
    "woman women",
    "write writes writing wrote written writer writers",
};

std::unordered_map<std::string_view, std::string_view> family_table() {
  std::unordered_map<std::string_view, std::string_view> table;
  for (std::string_view words : kFamilies) {
    const std::string_view stem = words.substr(0, words.find(' '));
    while (!words.empty()) {
      const std::size_t blank = std::min(words.find(' '), words.size());
      table.emplace(words.substr(0, blank), stem);
      words.remove_prefix(std::min(blank + 1, words.size()));
    }
  }
  return table;
}

struct Respelled {
  std::string_view british;
  std::string_view american;
};

/// Beginnings of words.
constexpr Respelled kBeginnings[] = {
    {"anaesth", "anesth"},     {"gynaec", "gynec"},       {"haem", "hem"},
    {"orthopaed", "orthoped"}, {"paed", "ped"},           {"foetus", "fetus"},
    {"foetal", "fetal"},       {"oestr", "estr"},         {"labour", "labor"},
    {"neighbour", "neighbor"}, {"behaviour", "behavior"}, {"misbehaviour", "misbehavior"},
    {"favour", "favor"},       {"honour", "honor"},       {"dishonour", "dishonor"},
    {"colour", "color"},       {"harbour", "harbor"},     {"humour", "humor"},
    {"rumour", "rumor"},       {"endeavour", "endeavor"}, {"vigour", "vigor"},
    {"savour", "savor"},       {"flavour", "flavor"},     {"demeanour", "demeanor"},
    {"parlour", "parlor"},     {"armour", "armor"},       {"tumour", "tumor"},
    {"odour", "odor"},         {"vapour", "vapor"},       {"misdemeanour", "misdemeanor"},
    {"saviour", "savior"},     {"mould", "mold"},         {"skilful", "skillful"},
    {"jewellery", "jewelry"},  {"cheque", "check"},       {"unfavour", "unfavor"},
};

/// Whole words.
constexpr Respelled kWords[] = {
    {"centre", "center"},
    {"centres", "centers"},
    {"centred", "centered"},
    {"theatre", "theater"},
    {"theatres", "theaters"},
    {"metre", "meter"},
    {"metres", "meters"},
    {"litre", "liter"},
    {"litres", "liters"},
    {"fibre", "fiber"},
    {"fibres", "fibers"},
    {"defence", "defense"},
    {"defences", "defenses"},
    {"offence", "offense"},
    {"offences", "offenses"},
    {"licence", "license"},
    {"licences", "licenses"},
    {"pretence", "pretense"},
    {"grey", "gray"},
    {"catalogue", "catalog"},
    {"catalogues", "catalogs"},
    {"dialogue", "dialog"},
    {"dialogues", "dialogs"},
    {"tyre", "tire"},
    {"tyres", "tires"},
    {"ageing", "aging"},
    {"programme", "program"},
    {"programmes", "programs"},
    {"instalment", "installment"},
    {"instalments", "installments"},
};

/// Verbs whose l British spelling doubles before an ending.
constexpr std::string_view kDoublesL[] = {
    "cancel",  "channel", "counsel", "dial",  "equal",   "fuel",  "initial", "label", "level",  "libel",
    "marshal", "model",   "panel",   "pedal", "quarrel", "rival", "signal",  "total", "travel", "tunnel"};

/// Words with -ise that never had -ize, without their ending.
constexpr std::string_view kNeverIze[] = {
    "adv",     "advert", "appr",  "apprec", "ar",      "bru",    "chast",       "circumc", "compr",
    "comprom", "conc",   "cru",   "dem",    "desp",    "dev",    "disenfranch", "disgu",   "enfranch",
    "enterpr", "exc",    "exerc", "expert", "franch",  "improv", "inc",         "lia",     "merchand",
    "no",      "otherw", "parad", "po",     "pra",     "prec",   "prem",        "prom",    "ra",
    "appra",   "rev",    "r",     "superv", "surm",    "surpr",  "telev",       "treat",   "w",
    "likew",   "unw",    "pract", "repr",   "torto",   "porpo",  "turquo",      "fundra",  "upr",
    "mala",    "val",    "chem",  "bra",    "entrepr", "marqu"};

/// "organisation", "recognised": the z of America. Empty when it is no such word.
std::string with_z(std::string_view word) {
  constexpr std::string_view kEndings[] = {"isations", "isation", "isational", "ising", "ised",
                                           "isers",    "iser",    "ises",      "ise"};
  for (const std::string_view ending : kEndings) {
    if (!word.ends_with(ending)) continue;
    const std::string_view root = word.substr(0, word.size() - ending.size());
    const bool never = std::ranges::find(kNeverIze, root) != std::end(kNeverIze);
    if (root.size() < 3 || root.ends_with('w') || never) return {};  // likewise, clockwise
    std::string spelled(word);
    spelled[root.size() + 1] = 'z';
    return spelled;
  }
  constexpr std::string_view kLysis[] = {"lysed", "lysing", "lyse"};
  for (const std::string_view ending : kLysis) {
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) {
      std::string spelled(word);
      spelled[word.size() - ending.size() + 2] = 'z';
      return spelled;
    }
  }
  return {};
}

/// "travelled": one l is enough. Empty when it is no such word.
std::string with_one_l(std::string_view word) {
  constexpr std::string_view kEndings[] = {"ling", "lings", "led", "ler", "lers", "lor", "lors"};
  for (const std::string_view ending : kEndings) {
    if (!word.ends_with(ending)) continue;
    const std::string_view root = word.substr(0, word.size() - ending.size());
    if (std::ranges::find(kDoublesL, root) == std::end(kDoublesL)) continue;
    return std::string(root) + std::string(ending.substr(1));
  }
  return {};
}

}  // namespace

std::string american_spelling(std::string_view word) {
  std::string spelled(word);
  if (const auto* found = std::ranges::find(kWords, word, &Respelled::british); found != std::end(kWords)) {
    return std::string(found->american);
  }
  for (const Respelled& one : kBeginnings) {
    if (!word.starts_with(one.british)) continue;
    spelled = std::string(one.american) + std::string(word.substr(one.british.size()));
    break;
  }
  if (std::string z = with_z(spelled); !z.empty()) return z;
  if (std::string l = with_one_l(spelled); !l.empty()) return l;
  return spelled;
}

std::string_view family_stem(std::string_view word) {
  static const auto table = family_table();
  const auto found = table.find(word);
  return found == table.end() ? std::string_view() : found->second;
}

}  // namespace carrel::schema
