// Plain HTTP: the body as it travels, compressed, and whether links arrive.
import http from 'node:http';

/** @returns {Promise<{status: number, bytes: number, encoding: string | undefined}>} */
export function weigh(url, lang = 'en', cookie = '') {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers: { 'accept-encoding': 'gzip', 'accept-language': lang, ...(cookie && { cookie }) } }, (answer) => {
        let bytes = 0;
        answer.on('data', (chunk) => {
          bytes += chunk.length;
        });
        answer.on('end', () => resolve({ status: answer.statusCode, bytes, encoding: answer.headers['content-encoding'] }));
        answer.on('error', reject);
      })
      .on('error', reject);
  });
}

/** Addresses that do not answer with 200, of those given; one that keeps a language answers with 303 and leads back. */
export async function deadLinks(urls, atOnce = 8) {
  const waiting = [...urls];
  const dead = [];
  const follow = async () => {
    for (let url = waiting.pop(); url; url = waiting.pop()) {
      const { status } = await weigh(url);
      const wanted = new URL(url).pathname.startsWith('/language/') ? 303 : 200;
      if (status !== wanted) dead.push(`${status} ${url}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, follow));
  return dead.sort();
}
