// Written by tests/web/declare.py from the TypedDicts of views; a test keeps it so.
export {};
declare global {
  namespace Payload {
    /** A curve as chart.js draws it; the columns of a lane that it names are called so, "" where there is none. */
    interface Charted {
      name: string;
      chart: string;
      rows: string;
      log: boolean;
      above: boolean;
      slack: number | null;
      signed: boolean;
      beside: string;
      limit: string;
      events: boolean;
      each: boolean;
    }
    /** And how points of the surface come into it. */
    interface Scene {
      key: string;
      url: string;
      flat: boolean;
      window: [number, number, number, number];
      names: string[];
      start: number[];
      minima: number[][];
      valley: number[][][];
      overlay?: string;
      origin: number[];
      axes: number[][];
    }
    /** One of the two surfaces, and what it says of the start. */
    interface Side {
      name: string;
      scene: Scene;
      loss: number | null;
      norm: number | null;
    }
    /** Where the columns of a table stand among all that are sent; ``decimals`` names those that are printed. */
    interface Block {
      frames: number;
      offset: number;
      columns: [string, number][];
      decimals: string[];
    }
    /** A setting in which a lane differs from its twins: ``knob`` names it among the words of all knobs. */
    interface Difference {
      knob: string;
      symbol: string;
      kind: string;
      value: string;
    }
    /** What a lane is called, in no language: its rule and, where that runs twice, what tells it from its twins; their */
    interface LaneName {
      rule: string;
      differs: Difference[];
      schedule: string;
      same: number;
    }
    interface Runner {
      frames: number;
      offset: number;
      columns: [string, number][];
      decimals: string[];
      strokes: Block | null;
      side: number;
      number: number;
      name: LaneName;
      family: string;
      diverged: number;
    }
    /** What the page draws. */
    interface ClassificationPicture {
      link: string;
      seconds: number | null;
      steps: number;
      raced: boolean;
      right: number | null;
      ratio: number | null;
      curves: Charted[];
      sides: Side[];
      lanes: Runner[];
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
    }
    /** truth: see ``Answer``; share: what the guess was worth, None without one; gap: a sketch and the true path at */
    interface ToldAnswer {
      truth: any;
      why: string;
      path: number[][];
      end: number[] | null;
      share: number | null;
      said: string;
      gap?: number[][][];
    }
    /** The data behind a surface of regression. */
    interface Examples {
      x: number[];
      y: number[];
      answer: string;
    }
    /** What came out of a run, see ``Outcome``. */
    interface Came {
      final_loss: number | null;
      best_loss: number | null;
      best_step: number;
      distance: number | null;
      measured: boolean;
      reached: number;
      gradients: number;
      length: number | null;
      diverged_at: number;
      stuck_from: number;
      bursts: number[];
      left_window_at: number;
      arrived: boolean;
      elsewhere: boolean;
      below_at: number;
      at_rest: boolean;
    }
    /** What the last point of a path is; valley: where H cannot tell, whether the surface's equation for its minima */
    interface End {
      point: number[];
      kind: string;
      valley: boolean;
      eigenvalues: (number | null)[];
    }
    interface Racer {
      number: number;
      name: LaneName;
      family: string;
      memory: number | null;
      remembers: string;
      weights: number[] | null;
      symbol: string;
      diverged: number;
      outcome: Came;
      frames: number;
      offset: number;
      columns: [string, number][];
      decimals: string[];
      strokes: Block | null;
      end: End | null;
      crossings: Record<string, number[]>;
      away: boolean;
    }
    /** What the stage draws. */
    interface ComparePicture {
      link: string;
      surface: string;
      coordinates: string[];
      steps: number;
      examples: Examples | null;
      ground: number;
      grounds: number[];
      curves: Charted[];
      seconds: number | null;
      slope: boolean;
      scene: Scene;
      lanes: Racer[];
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
      lesson: string;
      looks: Record<string, string>;
    }
    /** A point that was found: a row of the list. */
    interface Listed {
      kind: string;
      point: number[];
      at: number[];
      loss: number | null;
      norm: number | null;
      values: (number | null)[];
      vectors: ((number | null)[])[];
      signs: number[];
      tau: number | null;
      condition: number | null;
    }
    /** A continuum of critical points. */
    interface Valley {
      kind: string;
      said: string;
      form: string | null;
      path: number[][];
      curve: boolean;
      closed: boolean;
      loss: number | null;
      point: number[];
      values: (number | null)[];
    }
    interface Kink {
      point: number[];
      at: number[];
      loss: number | null;
      said: string;
    }
    /** Of the parabola: at which power of the distance it grows, and how far the parabola is worth drawing. */
    interface Error {
      frames: number;
      offset: number;
      columns: [string, number][];
      decimals: string[];
      slope: number | null;
      at: number;
    }
    /** The chosen point. */
    interface Here {
      kind: string;
      point: number[];
      at: number[];
      loss: number | null;
      norm: number | null;
      values: (number | null)[];
      vectors: ((number | null)[])[];
      signs: number[];
      tau: number | null;
      condition: number | null;
      exact: number[];
      row: number;
      gradient: (number | null)[];
      hessian: ((number | null)[])[];
      narrow: (number | null)[];
      all_vectors: ((number | null)[])[];
      newton: (number | null)[];
      verdict: string;
      automatic: boolean;
      rates: Record<string, number> | null;
    }
    /** Steps to leave, predicted and counted, for several distances from the point. */
    interface Leaving {
      rate: number;
      far: number;
      near: number[];
      predicted: (number | null)[];
      measured: number[];
    }
    /** A way to leave a point: where it begins, and what the push does to the loss. */
    interface Way {
      side: string;
      start: number[];
      change: number | null;
      predicted: number | null;
      chosen: boolean;
    }
    /** What came of it. */
    interface Left {
      final_loss: number | null;
      happened: string;
    }
    interface Departed {
      frames: number;
      offset: number;
      columns: [string, number][];
      decimals: string[];
      strokes: Block | null;
      number: number;
      side: string;
      label: string;
      diverged: number;
      outcome: Left;
      end: number[];
      kind: string;
      ended_on: string;
      lowered: number | null;
    }
    /** What the atlas draws. */
    interface CriticalPointsPicture {
      points: Listed[];
      valleys: Valley[];
      kinks: Kink[];
      told: string;
      cuts: Block | null;
      gap: Error | null;
      link: string;
      surface: string;
      steps: number;
      scene: Scene;
      here: Here;
      axes: string[];
      leaving: Leaving | null;
      sides: Way[];
      push: number;
      shortened: string;
      curves: Charted[];
      lanes: Departed[];
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
    }
    interface ChoicePicture {
      path: string;
      value: string;
      label: string;
      options: [string, string][];
    }
    /** As it is sent. */
    interface SaidPicture {
      key: string;
      language: string;
      sentences: string[];
      head: string[];
      rows: string[][];
      note: string;
      signs: [string, string][];
      choice: ChoicePicture | null;
    }
    /** What a curve of the loss marks; of a training nothing. */
    interface Marks {
      bursts: number[];
      stuck_from: number;
    }
    /** A lane: its loss at every update, its spectrum at some; size: eigenvalues. */
    interface Watched {
      size: number;
      exact: boolean;
      number: number;
      label: string;
      diverged: number;
      outcome: Marks;
      crossings: Record<string, number[]>;
      curve: Block;
      spectrum: Block;
    }
    /** What the page draws. */
    interface CurvaturePicture {
      link: string;
      about: SaidPicture;
      seconds: number | null;
      steps: number;
      per_epoch: number[];
      told: string;
      curves: Charted[];
      lanes: Watched[];
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
      main: string;
    }
    /** The menu, shut: what it offers is fetched by its language when it is opened. */
    interface MenuPicture {
      language: string;
      edition: string;
      words: Record<string, string>;
      opened: string;
      title: string;
    }
    /** One end of the flowchart. */
    interface BoxTold {
      name: string;
      title: string;
      hint: string;
    }
    /** Something that is the matter: in which box, why, and what can be tried, each as [name, what it is called]. */
    interface Told {
      box: string;
      why: string;
      remedies: [string, string][];
    }
    /** A lane: its curves, its losses at the end, and what is the matter with it. */
    interface Diagnosed {
      number: number;
      label: string;
      diverged: number;
      outcome: Marks;
      happened: string;
      curves: Block;
      losses: string[];
      asked: string[];
      large: boolean;
      stops: number;
      told: Told[];
    }
    /** What some lanes learn from and are tested on. */
    interface FitExamples {
      trained: number;
      targets: number[];
      places: number[][];
    }
    /** θ of a lane, from which the parts of its curve are drawn, and its activation as a table. */
    interface Pieces {
      theta: Block;
      reach: number;
      bends: Block;
    }
    /** One picture: what there is of it depends on its kind. */
    interface Fit {
      kind: string;
      classes: string[];
      examples: FitExamples[];
      of: number[];
      steps: number[][];
      names: string[];
      lanes: Block[];
      window?: number[][];
      windows?: number[][][];
      side?: number;
      levels?: number;
      pieces?: (Pieces | null)[];
      line?: (Block | null)[];
    }
    /** What the page draws. */
    interface DiagnosisPicture {
      link: string;
      seconds: number | null;
      part: string;
      steps: number;
      per_epoch: number[];
      told: string;
      large: number;
      gap: number;
      columns: string[];
      boxes: BoxTold[];
      curves: Charted[];
      lanes: Diagnosed[];
      fit: Fit | null;
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
    }
    /** kind: the name of the address; places: what the sheet takes of the page. */
    interface LinkedVisit {
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      link: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
      kind: string;
      places: string[];
    }
    /** A measure in words. */
    interface MeasureSaid {
      name: string;
      label: string;
      about: string;
      kind: string;
      log: boolean;
      empty: string;
    }
    /** What the page draws of maps on a surface; the pictures come by their links. */
    interface MapsPicture {
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      link: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
      lesson: string;
      looks: Record<string, any>;
      measures: MeasureSaid[];
      told: Record<string, string>;
    }
    /** The picture of a surface, which the page fetches by its address for the window that it shows. */
    interface Ground {
      key: string;
      url: string;
      flat: boolean;
      window: [number, number, number, number];
      names: string[];
      start: number[];
      minima: number[][];
      valley: number[][][];
      overlay?: string;
    }
    /** A column of the table at the clock: which columns it prints. */
    interface Cell {
      name: string;
      columns: string[];
      share: boolean;
      rows: string;
    }
    /** A lane: its curves over the updates, and its path on the plane. */
    interface TrainedLane {
      number: number;
      label: string;
      diverged: number;
      outcome: Marks;
      happened: string;
      curves: Block;
      path: Block | null;
    }
    /** What the page draws. */
    interface NetworksPicture {
      link: string;
      seconds: number | null;
      part: string;
      steps: number;
      scene: Ground | null;
      told: string;
      per_epoch: number[];
      plane: string;
      planes: [string, string][];
      ground: number;
      grounds: number[];
      view: string;
      views: string[];
      curves: Charted[];
      cells: Cell[];
      lanes: TrainedLane[];
      fit: Fit | null;
      session: string;
      sequence: number;
      moved: string;
      language: string;
      heights: string;
      opened: number;
      problem: string;
      learned: number;
      parts: string[];
      fields: string[];
      before: string[];
      unsaid: string;
      own: string[];
      hears: string[];
      calm: boolean;
      stages: string[];
    }
    /** A slider, a switch, a menu, a number, or buttons of which some are down; ``kind`` says which, and how the slider */
    interface Field {
      path: string;
      kind: string;
      symbol: string;
      label: string;
      value: number | string;
      low?: number;
      high?: number;
      options?: [string, string][];
      once?: boolean;
      between?: string;
      most?: number;
      hint?: string;
      zero?: string;
      problem?: string;
      clear?: [string, string];
    }
    /** A card of fields; that of a lane has a head. */
    interface Group {
      kind: string;
      fields: Field[];
      more?: Field[];
      more_label?: string;
      id?: string;
      at?: string;
      number?: number;
      path?: string;
      title?: string;
      about?: string;
      shown?: boolean;
      removable?: boolean;
      copiable?: boolean;
      kept?: boolean;
    }
    /** ``learned``: the latest of the page's own links that it shows; ``at``: which row it is, "" the panel. */
    interface PanelPicture {
      language: string;
      words: Record<string, string>;
      groups: Group[];
      at: string;
      sequence: number;
      learned: number;
    }
    /** Without steps only the picture can be saved. */
    interface PlayedCharts {
      sequence: number;
      moved: string;
      language: string;
      words: Record<string, string>;
      title: string;
      steps: number;
      per_epoch: number;
      file: string;
      told: string[];
      rows: string[][];
    }
    interface AxisPicture {
      title: string;
      log: boolean;
      low: number | null;
      high: number | null;
      ticks: [number, string][] | null;
      whole: boolean;
      clock: number | null;
    }
    interface Reaches {
      x: number[];
      y: number[];
    }
    /** What dragging a mark sends to ``path``: a number as it is, "x" and "y", the place seen from the origin, or "r", */
    interface Grip {
      path: string;
      origin: [number, number];
      scale: number;
      sends: (number | string)[];
    }
    /** A series without its numbers, which travel as columns of these lengths, its times last. */
    interface SeriesPicture {
      kind: string;
      counts: number[];
      reaches: Reaches;
      time: "" | "grows" | "turns";
      name?: string;
      colour?: string | number;
      dash?: number[];
      width?: number;
      alpha?: number;
      halo?: number;
      mute?: boolean;
      end?: string;
      hover?: string[];
      ids?: string[];
      chooses?: string;
      grips?: Grip[];
      symbol?: string;
      size?: number;
      open?: boolean | string;
      rim?: boolean;
      room?: number;
      upright?: boolean;
      text?: string;
      align?: string;
      window?: number[];
      nx?: number;
      ny?: number;
      classes?: number;
    }
    /** A chart as it is sent. */
    interface ChartPicture {
      key: string;
      x: AxisPicture;
      y: AxisPicture;
      height: number;
      equal: boolean;
      legend: boolean;
      title: string;
      failed: string;
      series: SeriesPicture[];
    }
    /** lane: its number, −1 for words. */
    interface ToldChoice {
      key: string;
      says: string;
      lane: number;
    }
    /** Of a number that is guessed. */
    interface Scale {
      low: number;
      high: number;
      log: boolean;
      whole: boolean;
      unit: string;
    }
    /** The surface that is clicked on; url: of its relief, up to the window. */
    interface ToldMap {
      url: string;
      window: number[];
      start: number[];
      names: string[];
    }
    /** key: what its answer is kept by; choices: as ``Asked`` has them. */
    interface ToldQuestion {
      key: string;
      form: string;
      says: string;
      choices: ToldChoice[];
      scale: Scale | null;
      map: ToldMap | null;
      words: Record<string, string>;
    }
    /** All of a page, in the page's language; nothing races on it. */
    interface SheetPicture {
      link: string;
      lanes: number[];
      charts: ChartPicture[];
      said: SaidPicture[];
      clock: number[];
      home: string[];
      rows: string[][];
      places: string[];
    }
    interface TrialOutcome {
      bursts: number[];
      stuck_from: number;
    }
    interface TrialLane {
      number: number;
      label: string;
      diverged: number;
      outcome: TrialOutcome;
      curves: Block;
    }
    /** What it draws of maps of networks. networks: the link of the same training on the page Networks, or "". */
    interface TrainingsPicture {
      sequence: number;
      moved: string;
      language: string;
      words: Record<string, string>;
      title: string;
      steps: number;
      link: string;
      lanes: TrialLane[];
      curves: Charted[];
      lesson: string;
      looks: Record<string, any>;
      measures: MeasureSaid[];
      told: Record<string, string>;
      networks: string;
    }
  }
}
