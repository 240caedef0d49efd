//! The part of the world that a country lies in, for who is absent from a discussion and how votes differ.
//!
//! Rule: the seven regions of the World Bank's country classification of fiscal year 2025, which the field's own
//! reports use, for ISO 3166-1 alpha-2 codes; territories go with their neighbours. Any other text has no region.

use crate::member::words;

words! {
    /// A region of the world.
    Region {
        /// Sub-Saharan Africa.
        SubSaharanAfrica = "sub-saharan-africa",
        /// Middle East and North Africa.
        MiddleEast = "middle-east-north-africa",
        /// South Asia.
        SouthAsia = "south-asia",
        /// East Asia and Pacific.
        EastAsia = "east-asia-pacific",
        /// Europe and Central Asia.
        Europe = "europe-central-asia",
        /// Latin America and the Caribbean.
        LatinAmerica = "latin-america-caribbean",
        /// North America.
        NorthAmerica = "north-america",
    }
}

impl Region {
    /// The region of a country by its two letters, in either case.
    pub fn of_country(code: &str) -> Option<Self> {
        let code = code.to_ascii_uppercase();
        let holds = |list: &str| code.len() == 2 && list.split(' ').any(|one| one == code);
        COUNTRIES.iter().find(|(_, list)| holds(list)).map(|(region, _)| *region)
    }
}

const COUNTRIES: [(Region, &str); 7] = [
    (
        Region::SubSaharanAfrica,
        "AO BJ BW BF BI CV CM CF TD KM CD CG CI GQ ER SZ ET GA GM GH GN GW KE LS LR MG MW ML MR MU MZ NA NE NG RW ST SN \
         SC SL SO ZA SS SD TZ TG UG ZM ZW RE YT SH",
    ),
    (Region::MiddleEast, "DZ BH DJ EG IR IQ IL JO KW LB LY MT MA OM QA SA SY TN AE PS YE EH"),
    (Region::SouthAsia, "AF BD BT IN LK MV NP PK"),
    (
        Region::EastAsia,
        "AS AU BN CN FJ PF GU HK ID JP KH KI KP KR LA MO MY MH FM MN MM NR NC NZ MP PW PG PH WS SG SB TW TH TL TO TV VU \
         VN CK NU TK WF",
    ),
    (
        Region::Europe,
        "AL AD AM AT AZ BY BE BA BG CH HR CY CZ DK EE FO FI FR GE DE GI GR GL HU IS IE IM IT KZ XK KG LV LI LT LU MK MD \
         MC ME NL NO PL PT RO RU SM RS SK SI ES SE TJ TR TM UA GB UZ VA JE GG AX SJ",
    ),
    (
        Region::LatinAmerica,
        "AG AR AW BS BB BZ BO BR VG KY CL CO CR CU CW DM DO EC SV GD GT GY HT HN JM MX NI PA PY PE PR SX KN LC MF VC SR \
         TT TC UY VE VI GP MQ GF AI MS FK BL BQ",
    ),
    (Region::NorthAmerica, "BM CA US PM"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_country_lies_in_one_region() {
        let codes: Vec<&str> = COUNTRIES.iter().flat_map(|(_, list)| list.split(' ')).collect();
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())));
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
        assert!(codes.len() > 230, "{}", codes.len());
        assert_eq!(Region::of_country("ke"), Some(Region::SubSaharanAfrica));
        assert_eq!(Region::of_country("BO"), Some(Region::LatinAmerica));
        for other in ["", "K", "XX", "AO BJ", "KEN"] {
            assert_eq!(Region::of_country(other), None, "{other}");
        }
    }
}
