# docker build -t descent-lab . && docker run --rm -p 8501:8501 descent-lab

FROM python:3.13-slim AS packages
COPY requirements.txt .
# An environment without pip, filled by the pip outside it. Only wheels: nothing is compiled.
RUN python -m venv --without-pip /venv \
 && pip --python /venv/bin/python install --no-cache-dir --only-binary=:all: -r requirements.txt

FROM python:3.13-slim
# Compiled programs are kept here, and not baked in: they suit the processor that compiled them.
ENV DESCENT_LAB_CACHE=/var/cache/descent-lab
RUN pip uninstall --yes --root-user-action=ignore pip \
 && useradd --uid 10001 --create-home lab \
 && install --directory --owner=lab --group=lab "$DESCENT_LAB_CACHE"
COPY --from=packages /venv /venv
COPY . /lab
RUN chmod -R a+rX /lab && /venv/bin/python -m compileall -q /lab

ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /lab
USER lab
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8501, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
# Without browser.serverAddress, Streamlit asks the internet which address to print.
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", \
     "--browser.serverAddress=localhost"]
