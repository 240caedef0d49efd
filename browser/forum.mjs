// Drives the forum as people do: a steward comes in by the printed link and sets up a passkey, invites a member, reads
// what waits, closes a discussion with its summary; the member comes in by mail, votes, writes, objects. Scripts are on
// only where a passkey needs them.
//
//   node forum.mjs http://localhost:8080 --steward LINK --mail FOLDER [--shots FOLDER]
//
// The program runs with `--demo`. Every page on the way is measured: axe at two widths, overflow, structure, weight. The
// last line reads "N passed, N failed, 0 skipped"; the exit code is 1 when anything failed.
import assert from 'node:assert/strict';
import { awaitMail, browser, faultsOf, person, results, step, stewardLink } from './story.mjs';

const DISCUSSION = '/questions/demonstration-group-lending';
const CLOSED = '/questions/demonstration-monthly-meetings';
const STEWARD = 'steward@example.org';
const COLLEAGUE = 'colleague@example.org';
const MEMBER = 'amina@example.org';
const POST = 'We let members leave a group with their savings. Two groups of forty broke up; the others grew.';

/** A passkey in a device that the browser plays (WebAuthn Level 2, section 11). */
async function playDevice({ context, page }) {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await session.send('WebAuthn.addVirtualAuthenticator', { options });
}

const path = (who) => new URL(who.page.url()).pathname;
const text = (who) => who.page.locator('main').innerText();
/** Presses a form's button and waits for the page that follows. */
async function send(who, form, button = 'button') {
  await Promise.all([who.page.waitForEvent('load'), who.page.locator(form).first().locator(button).first().click()]);
}

/** Sets up a passkey in the security page. */
async function addPasskey(who) {
  await playDevice(who);
  await who.go('/account/security');
  await who.page.fill('form[action="/account/passkeys"] [name=passkey_name]', 'This device');
  await send(who, 'form[action="/account/passkeys"]');
  await askDevice(who);
  assert.equal(path(who), '/account/security');
  assert.match(await text(who), /This device/);
}

/** Accepts the invitation that came by mail. */
async function accept(who, address, name) {
  const [link] = await awaitMail(address, /\/invitations\/[a-z2-7]{52}/);
  await who.go(link);
  await who.page.fill('[name=name]', name);
  await who.page.selectOption('[name=country]', 'KE');
  await who.page.check('[name=consent]');
  await send(who, 'form.ask');
}

/** Invites an address, without scripts. */
async function invite(address) {
  await desk.go('/members');
  await desk.page.fill('form[action="/members/invite"] [name=address]', address);
  await send(desk, 'form[action="/members/invite"]');
  assert.equal(path(desk), '/members');
}

/** The page between, where the device is asked: one press, and the device answers. */
async function askDevice(who) {
  await Promise.all([who.page.waitForURL((url) => !url.pathname.includes('passkey')), who.page.locator('form[data-passkey] button').click()]);
}

const steward = await person(true);
const desk = await person(false);
const colleague = await person(true);
const member = await person(false);

try {
  await step('the printed link makes the first steward', async () => {
    await steward.page.goto(stewardLink);
    await steward.page.fill('[name=address]', STEWARD);
    await steward.page.fill('[name=name]', 'Steward');
    await steward.page.check('[name=consent]');
    await send(steward, 'form.ask');
    return faultsOf(steward, '/account');
  });
  await step('a passkey is set up', async () => {
    await addPasskey(steward);
    return faultsOf(steward, '/account/security');
  });
  await step('signs out, and in again with the passkey', async () => {
    await steward.go('/account');
    await send(steward, 'form[action="/sign-out"]');
    assert.equal((await steward.go('/members')).status(), 200);
    assert.equal(path(steward), '/sign-in', 'signed out, the members are not to be seen');
    await send(steward, 'form[action="/sign-in/passkey"]');
    await askDevice(steward);
    assert.equal(path(steward), '/members');
    return [...(await faultsOf(steward, '/members')), ...(await faultsOf(steward, '/account/sessions'))];
  });
  await step('invites a member, without scripts', async () => {
    await desk.context.addCookies(await steward.context.cookies());
    await invite(MEMBER);
  });
  await step('the member accepts', async () => {
    await accept(member, MEMBER, 'Amina');
    await member.go('/account');
    assert.equal(await member.page.inputValue('[name=name]'), 'Amina');
    return faultsOf(member, '/account/data');
  });
  await step('the member signs out, and in with the code of a mail', async () => {
    await member.go('/account');
    await send(member, 'form[action="/sign-out"]');
    await member.go(`/sign-in?next=${encodeURIComponent(DISCUSSION)}`);
    await member.page.fill('[name=address]', MEMBER);
    await send(member, 'form[action="/sign-in"]');
    const faults = await faultsOf(member, path(member));
    const [, code] = await awaitMail(MEMBER, /\b(\d{3}[ \u00a0]?\d{3})\b/);
    await member.page.fill('[name=code]', code);
    await send(member, 'form:has([name=code])');
    assert.equal(path(member), DISCUSSION);
    return faults;
  });
  await step('votes', async () => {
    const form = `form[action="${DISCUSSION}/vote"]`;
    const fields = member.page.locator(`${form} fieldset`);
    const count = await fields.count();
    assert.ok(count > 1, `${count} statements to vote on`);
    await fields.nth(0).locator('[value=agree]').check();
    await fields.nth(1).locator('[value=pass]').check();
    await send(member, form);
    assert.equal(await member.page.locator('[role=status] li').count(), 2, 'the receipt');
    return [...(await faultsOf(member, DISCUSSION)), ...(await faultsOf(member, `${DISCUSSION}/votes`))];
  });
  let post;
  await step('writes; a newcomer’s post waits', async () => {
    await member.page.fill(`form[action="${DISCUSSION}/posts"] [name=body]`, POST);
    await send(member, `form[action="${DISCUSSION}/posts"]`);
    post = path(member);
    assert.match(post, /\/posts\/\d+$/);
    const visitor = await person(false);
    await visitor.go(DISCUSSION);
    assert.ok(!(await visitor.page.content()).includes('leave a group with their savings. Two'), 'a held post is shown');
    return faultsOf(member, post);
  });
  await step('the steward turns it down with a reason', async () => {
    const queue = `${DISCUSSION}/queue`;
    await desk.go(queue);
    const waiting = `form[action="${post.replace('/posts/', '/queue/posts/')}"]`;
    await desk.page.locator(waiting).locator('[name=reason]').selectOption('no-source');
    await desk.page.locator(waiting).locator('[name=words]').fill('Where was this written up?');
    const faults = await faultsOf(desk, queue);
    await send(desk, waiting, 'button[value=reject]');
    return faults;
  });
  await step('the member reads the reason and objects', async () => {
    await member.go(post);
    assert.match(await text(member), /Where was this written up\?/);
    await member.page.fill(`form[action="${post}/appeal"] [name=body]`, 'It is our own count, in our yearly report.');
    await send(member, `form[action="${post}/appeal"]`);
    return faultsOf(member, post);
  });
  await step('a colleague comes in with a passkey and becomes a steward', async () => {
    await invite(COLLEAGUE);
    await accept(colleague, COLLEAGUE, 'Colleague');
    await addPasskey(colleague);
    await desk.go('/members');
    await desk.page.locator('main a', { hasText: 'Colleague' }).first().click();
    const faults = await faultsOf(desk, path(desk));
    await send(desk, 'form[action$="/roles"]:has([name=give][value=steward])');
    await colleague.go('/account');
    await send(colleague, 'form[action="/sign-out"]');
    await colleague.go(`/sign-in?next=${encodeURIComponent(`${DISCUSSION}/queue`)}`);
    await send(colleague, 'form[action="/sign-in/passkey"]');
    await askDevice(colleague);
    assert.equal(path(colleague), `${DISCUSSION}/queue`);
    return faults;
  });
  await step('who decided does not answer; the colleague upholds', async () => {
    const appeal = 'form[action*="/queue/appeals/"]';
    await desk.go(`${DISCUSSION}/queue`);
    assert.equal(await desk.page.locator(appeal).count(), 0, 'the steward may answer an objection to a decision of their own');
    const faults = await faultsOf(colleague, `${DISCUSSION}/queue`);
    await colleague.page.locator(appeal).locator('[name=answer]').fill('So be it.');
    await send(colleague, appeal, 'button[value=uphold]');
    await member.go(post);
    assert.match(await text(member), /So be it\./);
    return [...faults, ...(await faultsOf(member, post))];
  });
  await step('the steward looks at the board and the plan', async () => [
    ...(await faultsOf(desk, `${DISCUSSION}/board`)),
    ...(await faultsOf(desk, `${DISCUSSION}/plan`)),
  ]);
  await step('closes a discussion with its summary', async () => {
    const summary = `${CLOSED}/summary/edit`;
    await desk.go(summary);
    const draft = await desk.page.inputValue('textarea[name=body]');
    assert.match(draft, /\[votes\]/, 'the draft cites');
    const faults = await faultsOf(desk, summary);
    await send(desk, `form[action="${summary}"]`, 'button[value=publish]');
    await member.go(CLOSED);
    assert.match(await text(member), /fewer meetings/i);
    return [...faults, ...(await faultsOf(member, CLOSED))];
  });
  await step('the member comments, and takes everything out', async () => {
    await member.page.fill(`form[action="${CLOSED}/comments"] [name=body]`, 'I would put the second point first.');
    await send(member, `form[action="${CLOSED}/comments"]`);
    assert.match(await text(member), /second point first/);
    await member.go('/account/data');
    const [download] = await Promise.all([
      member.page.waitForEvent('download'),
      member.page.locator('form[action="/account/data/take-out"] button').click(),
    ]);
    assert.match(download.suggestedFilename(), /\.(json|zip)$/);
  });
} finally {
  await browser.close();
}
const failed = results.filter(({ faults }) => faults.length > 0).length;
console.log(`${results.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;
