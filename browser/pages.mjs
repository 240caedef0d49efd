// The kinds of page that the browser visits, each with one address that stands for it.
// `heavy` is the most kilobytes that its HTML may weigh when compressed, `lang` the language that its reader asks for.

const EVERY_PAGE_KB = 30;
const TYPICAL_SYNTHESIS_KB = 14;

const synthesis = (key) => `/syntheses/${encodeURIComponent(key)}`;
// The made-up discussion of `whatworks serve --demo`.
const discussion = '/questions/demonstration-group-lending';
const profit = synthesis('credit.access~no-offer~business.profit~ITT');

/** @returns {{kind: string, path: string, status: number, heavy: number, lang: string}[]} */
export function pageKinds() {
  const kinds = [
    ['front', '/'],
    ['synthesis, scale in doubt', profit],
    ['synthesis, typical', synthesis('credit.access~no-offer~consumption.total~ITT'), { heavy: TYPICAL_SYNTHESIS_KB }],
    ['synthesis, filtered', `${profit}?country=IN`],
    ['synthesis, other measure', `${profit}?measure=percent`],
    ['synthesis, nothing left', `${profit}?country=IN&design=randomised`],
    ['practices', '/practices'],
    ['practice', '/practices/credit.access'],
    ['practice, one trial', '/practices/credit.repayment.grace-period'],
    ['practice, never studied', '/practices/protection.cooling-off'],
    ['outcomes', '/outcomes'],
    ['outcome', '/outcomes/business.profit'],
    ['studies', '/studies'],
    ['study', '/studies/attanasio2015'],
    ['findings', '/findings'],
    ['findings, filtered', '/findings?practice=credit.access&country=IN'],
    ['findings, none', '/findings?practice=credit.access&country=ZZ'],
    ['finding', '/findings/angelucci2015-mx_credit.access_business.profit_usdppp'],
    ['finding, scale in doubt', '/findings/attanasio2015-mn_credit.access_business.profit_usdppp'],
    ['methods', '/methods'],
    ['method', '/methods/pooling'],
    ['about', '/about'],
    ['front, French', '/', { lang: 'fr' }],
    ['front, Spanish', '/', { lang: 'es' }],
    ['front, Arabic', '/', { lang: 'ar' }],
    ['synthesis, French', profit, { lang: 'fr' }],
    ['finding, Spanish', '/findings/angelucci2015-mx_credit.access_business.profit_usdppp', { lang: 'es' }],
    ['practice, in an Arabic frame', '/practices/credit.access', { lang: 'ar' }],
    ['questions', '/questions'],
    ['question', discussion, { heavy: TYPICAL_SYNTHESIS_KB }],
    ['question, French', discussion, { lang: 'fr' }],
    ['statements', `${discussion}/statements`],
    ['opinions', `${discussion}/opinions`],
    ['question, closed', '/questions/demonstration-monthly-meetings', { heavy: TYPICAL_SYNTHESIS_KB }],
    ['claims', '/claims'],
    ['not found', '/no-such-page', { status: 404 }],
  ];
  return kinds.map(([kind, path, { heavy = EVERY_PAGE_KB, status = 200, lang = 'en' } = {}]) => ({ kind, path, status, heavy, lang }));
}
