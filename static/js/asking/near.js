// "Use where I am": the place is rounded to about a mile here, before anything is put into the form.
const near = document.querySelector("[data-near]");
if (near && navigator.geolocation) {
  const said = near.querySelector("[role=status]");
  const tell = (what) => { said.textContent = near.dataset[what]; };
  near.hidden = false;
  near.querySelector("button").addEventListener("click", () => {
    tell("wait");
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const rounded = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(2));
      document.getElementById("place").value = rounded.join(",");
      tell("found");
    }, ({ code }) => tell(code === 1 ? "no" : "failed"), { maximumAge: 600000, timeout: 15000 });
  });
}
