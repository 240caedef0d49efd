//! Where this site is and where a request comes from: the public address, the same-origin check, the client's network.
//!
//! Rules: a request that changes something must come from a page of this site (Fetch Metadata, and Origin by RFC 6454);
//! the form's token proves it once more. A client's address is believed only from as many proxies as the program was
//! told of, counted from the right of X-Forwarded-For: what stands further left, anyone can write.

use axum::http::{HeaderMap, Uri, header};
use std::net::{IpAddr, Ipv6Addr};

/// The address under which people reach this site: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    is_secure: bool,
}

impl PublicUrl {
    /// Reads `https://commons.example.org`, with a port if need be and without a path.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().trim_end_matches('/');
        let uri: Uri = text.parse().map_err(|error| format!("“{text}” is no address: {error}"))?;
        let is_secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(format!("“{text}” does not begin with https:// or http://")),
        };
        let authority = uri.authority().map(|authority| authority.as_str().to_ascii_lowercase());
        let host = authority.filter(|host| !host.is_empty() && !host.contains('@'));
        let host = host.ok_or_else(|| format!("“{text}” names no host"))?;
        if uri.path().len() > 1 || uri.query().is_some() {
            return Err(format!("“{text}” has a path; the site stands at the root of its host"));
        }
        let scheme = if is_secure { "https" } else { "http" };
        Ok(Self { origin: format!("{scheme}://{host}"), host, is_secure })
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }
    /// Host, and port when it is not the scheme's own.
    pub fn host(&self) -> &str {
        &self.host
    }
    /// The host alone, as passkeys are bound to it.
    pub fn domain(&self) -> &str {
        let end = if self.host.ends_with(']') { None } else { self.host.rfind(':') };
        end.and_then(|end| self.host.get(..end)).unwrap_or(&self.host)
    }
    /// Whether it is reached over https only.
    pub fn is_secure(&self) -> bool {
        self.is_secure
    }
    /// A path of this site as a whole address.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a request that changes something was sent by a page of this site. A browser that says neither where the
/// request comes from nor how is let through: the form's token still has to be right.
pub(crate) fn is_from_here(headers: &HeaderMap, public: &PublicUrl) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    if origin.eq_ignore_ascii_case(public.origin()) {
        return true;
    }
    // Tried out under another name for the same machine: the browser then sends the cookies of that name only.
    let host = text(headers, header::HOST);
    let named = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && named.is_some_and(|named| host.is_some_and(|host| named.eq_ignore_ascii_case(host)))
}

/// The path of this site that the request's page was at; none when it came from elsewhere or does not say.
pub(crate) fn page_before(headers: &HeaderMap, public: &PublicUrl) -> Option<String> {
    let referer: Uri = text(headers, header::REFERER)?.parse().ok()?;
    let authority = referer.authority()?.as_str();
    let here = authority.eq_ignore_ascii_case(public.host())
        || text(headers, header::HOST).is_some_and(|host| host.eq_ignore_ascii_case(authority));
    let path = referer.path_and_query().map_or("/", |path| path.as_str());
    if here { local_path(path) } else { None }
}

/// A path of this site that may be gone to next; none for an address elsewhere in any disguise.
pub(crate) fn local_path(path: &str) -> Option<String> {
    const LONGEST: usize = 600;
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    let local = path.starts_with('/') && !path.starts_with("//") && path.len() <= LONGEST;
    (local && path.bytes().all(is_plain)).then(|| path.to_owned())
}

/// The network that limits count by: the peer's, or, behind `proxies` proxies, the address that the outermost of them
/// saw. The whole of an IPv4 address; the first 64 bits of an IPv6 address, which one household or server holds.
pub(crate) fn client_network(headers: &HeaderMap, peer: Option<IpAddr>, proxies: usize) -> String {
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let seen = (proxies > 0).then(|| forwarded.len().checked_sub(proxies)).flatten();
    let seen = seen.and_then(|at| forwarded.get(at)).and_then(|text| text.parse().ok());
    match seen.or(peer) {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            let network = || format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0));
            address.to_ipv4_mapped().map_or_else(network, |address| address.to_string())
        }
    }
}

/// The network that signs of coordinated votes are looked for in: wider than what limits count by, since whoever holds one
/// address of an IPv4 /24 or an IPv6 /48 often holds them all. Blank when unknown.
pub(crate) fn wide_network(client: &str) -> String {
    match client.split('/').next().unwrap_or_default().parse() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let one = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(one).collect()
    }

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        let url = PublicUrl::parse("https://Commons.example.org:8443/").unwrap();
        assert_eq!((url.origin(), url.domain()), ("https://commons.example.org:8443", "commons.example.org"));
        assert!(url.is_secure() && !PublicUrl::parse("http://127.0.0.1:8080").unwrap().is_secure());
        assert_eq!(PublicUrl::parse("http://[::1]:8080").unwrap().domain(), "[::1]");
        assert_eq!(PublicUrl::parse("http://[::1]").unwrap().domain(), "[::1]");
        for bad in [
            "",
            "commons.example.org",
            "ftp://a.org",
            "https://a.org/x",
            "https://u@a.org",
            "https://a.org?x",
        ] {
            assert!(PublicUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_change_comes_from_a_page_of_this_site() {
        let public = PublicUrl::parse("https://a.org").unwrap();
        for (sent, expected) in [
            (&[][..], true),
            (&[("origin", "https://a.org")], true),
            (&[("origin", "https://evil.org")], false),
            (&[("origin", "null")], false),
            (&[("origin", "http://a.org")], false),
            (&[("origin", "https://a.org.evil.org")], false),
            (&[("sec-fetch-site", "same-origin"), ("origin", "https://a.org")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site"), ("origin", "https://a.org")], false),
            (&[("origin", "http://localhost:8080"), ("host", "localhost:8080")], true),
            (&[("origin", "http://evil.org"), ("host", "localhost:8080")], false),
        ] {
            assert_eq!(is_from_here(&headers(sent), &public), expected, "{sent:?}");
        }
    }

    #[test]
    fn the_way_back_stays_here() {
        for (path, local) in [
            ("/account?x=1", true),
            ("//evil.org", false),
            ("/\\evil.org", false),
            ("https://evil.org", false),
            ("/a\r\nSet-Cookie: x", false),
            ("/a b", false),
            ("", false),
        ] {
            assert_eq!(local_path(path).is_some(), local, "{path:?}");
        }
        let public = PublicUrl::parse("https://a.org").unwrap();
        let before = |referer| page_before(&headers(&[("referer", referer)]), &public);
        assert_eq!(before("https://a.org/questions/x?page=2").as_deref(), Some("/questions/x?page=2"));
        assert_eq!(before("https://evil.org/questions"), None);
    }

    #[test]
    fn only_the_proxies_that_are_known_are_believed() {
        let peer = Some("10.0.0.1".parse().unwrap());
        let sent = headers(&[("x-forwarded-for", "6.6.6.6, 198.51.100.7")]);
        assert_eq!(client_network(&sent, peer, 0), "10.0.0.1");
        assert_eq!(client_network(&sent, peer, 1), "198.51.100.7");
        assert_eq!(client_network(&sent, peer, 2), "6.6.6.6");
        assert_eq!(client_network(&sent, peer, 3), "10.0.0.1");
        assert_eq!(client_network(&headers(&[("x-forwarded-for", "nonsense")]), peer, 1), "10.0.0.1");
        let network = |address: &str| client_network(&HeaderMap::new(), Some(address.parse().unwrap()), 0);
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:2::9"), "2001:db8:1:2::/64");
        assert_eq!(network("::ffff:198.51.100.7"), "198.51.100.7");
        assert_eq!(wide_network("198.51.100.7"), "198.51.100.0/24");
        assert_eq!(wide_network("2001:db8:1:2::/64"), "2001:db8:1::/48");
        assert_eq!(wide_network("unknown"), "");
    }
}
