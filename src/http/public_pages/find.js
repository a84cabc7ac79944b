// On the page without a piece: the nearest, from where the phone is.
show('find', 'click', () => {
  let isAsked = false;
  point();
  const list = async () => {
    if (isAsked || !here) return;
    isAsked = true;
    const say = says.find;
    const asked = `lon=${here.longitude}&lat=${here.latitude}&limit=3&geometry=false`;
    const answer = await fetch(`/api/v1/nearest?${asked}`).catch(() => null);
    isAsked = answer?.ok;
    if (!isAsked) return tell('place', answer?.status === 404 ? say.nowhere : say.failed);
    const { results } = await answer.json();
    if (results.length === 0) return tell('place', say.none);
    const rows = results.map((piece) => {
      const row = $('row').content.cloneNode(true).firstElementChild;
      row.dataset.at = piece.at.join();
      row.querySelector('a').href = `/p/${piece.code}`;
      row.querySelector('strong').textContent = say.kinds[piece.kind];
      row.querySelector('a span').textContent = piece.code;
      const t = Math.max(1, Math.ceil(piece.walk_m / 1.3 / 60));
      row.querySelector('.far').textContent = fill(say.walk, { m: meters(piece.walk_m), t });
      row.querySelector('.soft').textContent =
        piece.crossings.length > 0 ? say.over : piece.bank === 'same' ? say.same : '';
      return row;
    });
    $('found').replaceChildren(...rows);
    draw();
  };
  locate(() => true, list);
});
