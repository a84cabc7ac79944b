// On the page of a piece: which way to go, what to copy, what to report. Everything else works without it.
show('guide', 'click', () => {
  $('guide').hidden = true;
  point();
  locate((coords) => coords.accuracy <= 50);
});

show('copy', 'click', async () => {
  const { copy, done } = $('copy').dataset;
  try {
    await navigator.clipboard.writeText(copy);
  } catch {
    const area = document.createElement('textarea');
    area.value = copy;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    $('copy').focus();
  }
  $('copy').textContent = done;
});

show('report', 'submit', async (event) => {
  event.preventDefault();
  const form = $('report');
  const say = says.report;
  const kind = new FormData(form).get('kind');
  const note = $('note').value.trim();
  if (kind === 'hazard' && note === '') {
    $('note').focus();
    return tell('reported', say.needed);
  }
  const button = form.querySelector('button');
  button.disabled = true;
  tell('reported', say.sending);
  const { region, piece } = form.dataset;
  const body = JSON.stringify({ kind, equipment: piece, ...(note && { note }) });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`/api/v1/regions/${region}/reports`, { method: 'POST', headers, body }).catch(
    () => null,
  );
  button.disabled = false;
  if (!answer?.ok) return tell('reported', answer?.status === 429 ? say.many : say.unsent);
  const { id, heeded } = await answer.json();
  form.hidden = true;
  tell('reported', fill(say.done, { id }) + (heeded ? say.heeded : say.waits));
});
